"""The people of the last meeting, offered to the same mailbox alone."""

from datetime import timedelta

import pytest
import time_machine

from registrations.enums import Status
from registrations.models import Delegation, Meeting, Participant
from tests.make import NOW, a_meeting, a_participant, a_person, participants_of, sign_up
from tests.test_delegation_add import address, names, press, values_on
from tests.web_form import soup

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def a_past_meeting(days: int) -> Meeting:
    meeting = a_meeting()
    for session in meeting.sessions.all():
        session.starts_at -= timedelta(days=days)
        session.ends_at -= timedelta(days=days)
        session.save()
    return meeting


def brought(meeting: Meeting, *people: str, mailbox: str = "focal@x.example", days: int) -> list[Participant]:
    """The focal point and the people, registered when it was time."""
    everybody = [a_person(email=mailbox, family_names="Focal"), *(a_person(family_names=name, accessibility_needs="Captions") for name in people)]
    return participants_of(sign_up(meeting, *everybody, now=NOW - timedelta(days=days)))


@pytest.fixture
def delegation():
    return a_participant(a_meeting(), email="Focal@x.example", family_names="Focal").delegation


def offered(client, delegation: Delegation) -> list[str]:
    return [label.text.split(",")[0].split(" ", 3)[-1] for label in soup(client.get(address(delegation))).select("#last label")]


def test_the_people_of_the_latest_earlier_meeting_are_offered_and_none_is_ticked(client, delegation):
    brought(a_past_meeting(700), "Antigua", days=700)
    brought(a_past_meeting(300), "Ruiz", "Paz", days=300)

    assert offered(client, delegation) == ["Focal", "Ruiz", "Paz"]
    assert soup(client.get(address(delegation))).select("#last input[checked]") == []


def test_those_ticked_go_into_the_table_and_are_registered_only_when_sent(client, delegation):
    _focal, ruiz, _paz = brought(a_past_meeting(300), "Ruiz", "Paz", days=300)

    page = soup(press(client, delegation, "last", last=[str(ruiz.pk)]))

    values = values_on(page)
    assert (values["participants-0-family_names"], values["participants-0-email"], values["participants-0-sessions"]) == (
        "Ruiz",
        ruiz.email,
        ["1", "2"],
    )
    assert values["participants-0-accessibility_needs"] == "Captions"
    assert "participants-1-family_names" not in values
    assert names(delegation) == []
    press(client, delegation, "register", page=page, consent="on")
    assert names(delegation) == ["Ruiz"]


def test_nobody_declined_or_erased_or_here_already_is_offered(client, delegation):
    focal, declined, erased, _here, _free = brought(a_past_meeting(300), "Declinada", "Borrada", "Ya", "Libre", days=300)
    Participant.objects.filter(pk=declined.pk).update(status=Status.DECLINED)
    Participant.objects.filter(pk=erased.pk).update(erased_at=NOW)
    here = delegation.participants.get()
    here.given_names, here.family_names = focal.given_names, focal.family_names
    here.save()

    assert offered(client, delegation) == ["Ya", "Libre"]


def test_another_mailbox_is_offered_nothing_even_by_forged_numbers(client, delegation):
    people = brought(a_past_meeting(300), "Ruiz", mailbox="other@x.example", days=300)

    page = soup(press(client, delegation, "last", last=[str(person.pk) for person in people]))

    assert offered(client, delegation) == []
    assert values_on(page)["participants-0-family_names"] == ""
    assert "Ruiz" not in page.text


def test_a_later_meeting_is_not_the_last_one(client, delegation):
    brought(a_past_meeting(-300), "Futura", days=0)

    assert offered(client, delegation) == []
