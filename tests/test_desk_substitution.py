"""Somebody in the place of another, at the organizers' desk."""

import pytest

from registrations.enums import Status
from registrations.models import Meeting, Participant
from registrations.operations.withdraw import withdraw
from tests.desk_rows import PARTICIPANTS, a_desk, an_organizer, desk_of
from tests.make import NOW, ORGANIZER, a_meeting, a_participant, status_of
from tests.web_form import soup, values_of

pytestmark = pytest.mark.django_db
NEWCOMER = {"given_names": "Delia", "family_names": "Ríos", "position": "Ministra", "email": "delia@example.org"}


def page_of(participant: Participant) -> str:
    return f"{PARTICIPANTS}{participant.pk}/substitute/"


def test_the_desk_substitutes_also_after_registration_has_closed():
    leaving = a_participant(a_meeting())
    Meeting.objects.update(registration_closes_at=NOW)
    desk = a_desk()

    values = values_of(soup(desk.get(page_of(leaving))), "#content-main form")
    response = desk.post(page_of(leaving), values | NEWCOMER, follow=True)

    newcomer = Participant.objects.get(in_place_of=leaving)
    assert (newcomer.status, newcomer.role, newcomer.source) == (Status.CONFIRMED, leaving.role, "desk")
    assert status_of(leaving) == Status.WITHDRAWN
    assert [str(message) for message in response.context["messages"]] == [f"Delia Ríos takes the place of {leaving}."]


@pytest.mark.parametrize(("fields", "sentence"), [({"email": "delia"}, "name@example.org"), ({"sessions": ["9"]}, "not part of this meeting")])
def test_what_cannot_be_is_said_and_nothing_typed_is_lost(fields, sentence):
    leaving, desk = a_participant(a_meeting()), a_desk()
    values = values_of(soup(desk.get(page_of(leaving))), "#content-main form") | NEWCOMER | fields

    page = soup(desk.post(page_of(leaving), values))

    assert sentence in page.select_one("#content-main").text
    assert page.select_one("#id_family_names")["value"] == "Ríos"
    assert status_of(leaving) == Status.CONFIRMED


def test_the_way_is_offered_where_it_applies():
    leaving, desk = a_participant(a_meeting()), a_desk()
    address = f"{PARTICIPANTS}{leaving.pk}/change/"
    assert page_of(leaving) in desk.get(address).content.decode()

    withdraw(leaving, actor=ORGANIZER, now=NOW)

    assert page_of(leaving) not in desk.get(address).content.decode()
    assert "so this does not apply" in desk.post(page_of(leaving), NEWCOMER | {"role": "head", "language": "en", "sessions": ["1"]}).content.decode()


def test_nobody_substitutes_without_the_right():
    leaving = a_participant(a_meeting())

    assert desk_of(an_organizer("view_participant")).get(page_of(leaving)).status_code == 403
    assert a_desk().get(f"{PARTICIPANTS}999999/substitute/").status_code == 404
