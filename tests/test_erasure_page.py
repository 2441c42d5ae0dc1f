"""A participant asks on their page for the erasure of their data."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command

from registrations.links import participant_token
from registrations.models import Participant
from registrations.operations.forget import forget
from tests.make import NOW, ORGANIZER, a_meeting, a_participant, a_pending_participant
from tests.web_form import soup

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)
AFTER = NOW + timedelta(days=40)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(LATER, tick=False) as traveller:
        yield traveller


def page_of(participant: Participant, rest: str = "", language: str = "en") -> str:
    return f"/{language}/p/{participant_token(participant)}/{rest}"


def test_it_is_asked_for_after_reading_what_it_means_and_taken_back_on_the_page(client):
    participant = a_participant(a_meeting())

    question = soup(client.get(page_of(participant, "data/erase/")))
    assert "your registration is withdrawn" in question.main.text
    assert participant.history.count() == 1

    asked = client.post(page_of(participant, "data/erase/"), {"action": question.select_one("main button")["value"]}, follow=True)
    assert asked.redirect_chain == [(page_of(participant, "data/"), 302)]
    assert "You asked for the erasure of your data on 20 January 2027, 12:00 (GMT+1)." in soup(asked).select_one(".notice").text

    back = client.post(page_of(participant, "data/erase/"), {"action": "take back"}, follow=True)
    assert soup(back).select(".notice") == []
    participant.refresh_from_db()
    assert participant.erasure_requested_at is None


@pytest.mark.parametrize(("make", "is_said"), [(a_participant, True), (a_pending_participant, False)])
def test_the_calendar_is_spoken_of_where_there_is_an_entry(client, make, is_said):
    question = soup(client.get(page_of(make(a_meeting()), "data/erase/"))).main.text

    assert ("your registration is withdrawn" in question, "removed from your calendar" in question) == (True, is_said)


def test_after_the_meeting_nothing_is_said_of_a_withdrawal(client, clock):
    participant = a_participant(a_meeting())
    clock.move_to(AFTER)

    assert "your registration is withdrawn" not in soup(client.get(page_of(participant, "data/erase/"))).main.text


def test_an_approved_request_cannot_be_taken_back(client):
    participant = a_participant(a_meeting())
    forget(participant, actor=ORGANIZER, now=NOW)

    answer = soup(client.post(page_of(participant, "data/erase/"), {"action": "take back"}))

    assert "Nothing can be changed any more." in answer.select_one("[role=alert]").text
    assert answer.select("main button") == []


@pytest.mark.parametrize("rest", ["", "data/", "data.json", "data/erase/", "edit/", "calendar.ics", "join/1/"])
def test_the_page_of_somebody_erased_is_gone(client, rest):
    participant = a_participant(a_meeting())
    before = page_of(participant, rest)
    forget(participant, actor=ORGANIZER, now=NOW)
    call_command("send_outbox", "--once")
    participant.refresh_from_db()

    for address in (before, page_of(participant, rest)):
        response = client.get(address)
        assert (response.status_code, soup(response).h1.text) == (410, "The personal data have been erased")
