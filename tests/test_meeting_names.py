"""A meeting and its copy, which begins with the same title, are told apart where one of them is chosen."""

import pytest
from bs4 import BeautifulSoup

from registrations.rules.meeting_names import told_apart
from tests import make

pytestmark = pytest.mark.django_db


def test_meetings_of_one_title_bear_their_addresses():
    first, second = make.a_meeting(slug="first"), make.a_meeting(slug="second")
    other = make.a_meeting(title_en="Review Conference", title_es="Conferencia de Examen")

    assert told_apart([first, second, other], language="es") == {
        first.pk: "Diálogo Regional de Partes sobre Desminado Humanitario (first)",
        second.pk: "Diálogo Regional de Partes sobre Desminado Humanitario (second)",
        other.pk: "Conferencia de Examen",
    }


@pytest.mark.parametrize("page", ["participant/", "participant/import/", "expecteddelegation/import/"])
def test_filters_and_imports_tell_them_apart(admin_client, page):
    for slug in ("first", "second"):
        make.a_meeting(slug=slug)

    shown = BeautifulSoup(admin_client.get(f"/admin/registrations/{page}").content, "html.parser").select_one("#content").text

    assert all(f"Regional Dialogue on Humanitarian Demining ({slug})" in shown for slug in ("first", "second"))
