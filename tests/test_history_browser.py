"""The list of the history in a browser: nothing of it has to be pushed aside to be read."""

import pytest
from playwright.sync_api import Page

from registrations.models import Meeting
from registrations.operations.withdraw import withdraw
from tests.desk_rows import a_desk
from tests.dialogue import load_dialogue
from tests.make import NOW, ORGANIZER, a_participant
from tests.test_desk_browser import sideways
from tests.test_history import HISTORY, corrected

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LONG = "Directora General de Asuntos Multilaterales y Cooperación Humanitaria"


@pytest.fixture
def meeting() -> Meeting:
    """With entries of every shape: loaded from a file, about people, and of no meeting."""
    meeting = load_dialogue()
    load_dialogue(change=lambda file: file["meeting"].update(seats=40))
    person = a_participant(meeting, position=LONG)
    corrected(person, position=f"{LONG} del Ministerio", email="una.direccion.muy.larga.de.la.mision@exteriores.example.org", sessions=frozenset({2}))
    withdraw(person, actor=ORGANIZER, now=NOW)
    a_desk().post("/admin/auth/user/add/", {"username": "nuria", "password1": "Xylophon-Orchester-27", "password2": "Xylophon-Orchester-27"})
    return meeting


def pushed_aside(page: Page) -> int:
    """By how many pixels the table is wider than the place that it has."""
    return page.evaluate("(() => { const place = document.querySelector('.results'); return place.scrollWidth - place.clientWidth; })()")


@pytest.mark.parametrize("width", [768, 800, 1024, 1280])
@pytest.mark.parametrize("language", ["en", "es"])
def test_the_list_fits_its_place(desk, axe, meeting, language, width):
    page = desk(f"{HISTORY}?meeting={meeting.pk}", language=language, width=width, bypass_csp=True)

    assert (sideways(page), pushed_aside(page), axe(page)) == (0, 0, [])
