"""The page behind "do you want to withdraw?": asking changes nothing, a button does."""

import pytest
import time_machine

from registrations.details import PARTICIPANT
from registrations.enums import Status
from registrations.links import participant_token, withdraw_url
from registrations.models import OutboxMessage, Participant
from registrations.operations.withdraw import withdraw
from tests.make import NOW, a_meeting, a_participant, kinds_owed_to, status_of
from tests.web_form import soup, values_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def page_of(participant: Participant, *, language: str = "en", session: str = "1") -> str:
    return f"/{language}/p/{participant_token(participant)}/withdraw/?session={session}"


def numbers(participant: Participant) -> list[int]:
    return list(participant.sessions.values_list("number", flat=True))


def buttons(client, page: str) -> list[str]:
    return [button.text for button in soup(client.get(page)).select("main form button")]


def test_the_link_in_the_mail_leads_to_the_question_in_the_readers_language(client):
    participant = a_participant(a_meeting(), language="es")
    address = withdraw_url(participant, participant.sessions.first(), language="es")

    assert address == f"http://localhost{page_of(participant, language='es')}"
    assert client.get(address.removeprefix("http://localhost")).status_code == 200


@pytest.mark.parametrize("method", ["get", "head"])
def test_a_scanner_that_follows_the_link_changes_nothing(client, method):
    participant = a_participant(a_meeting())
    before = OutboxMessage.objects.count()

    response = getattr(client, method)(page_of(participant))

    assert (response.status_code, status_of(participant), numbers(participant)) == (200, Status.CONFIRMED, [1, 2])
    assert OutboxMessage.objects.count() == before
    assert (response["X-Robots-Tag"], response["Referrer-Policy"]) == ("noindex", "strict-origin")


def test_whoever_attends_one_session_is_only_asked_whether_they_withdraw(client):
    participant = a_participant(a_meeting(), sessions=frozenset({1}))

    assert buttons(client, page_of(participant)) == ["Withdraw my registration"]


def test_whoever_attends_several_may_miss_one_only(client):
    participant = a_participant(a_meeting())

    assert buttons(client, page_of(participant)) == ["Miss this session only", "Withdraw from all sessions"]
    response = client.post(page_of(participant), values_of(soup(client.get(page_of(participant)))) | {"session": "1"})

    assert response.url == f"/en/p/{participant_token(participant)}/?saved"
    assert (status_of(participant), numbers(participant)) == (Status.CONFIRMED, [2])
    assert kinds_owed_to(participant) == ["cancellation", "invitation", "invitation"]


def test_the_button_withdraws(client):
    participant = a_participant(a_meeting())

    client.post(page_of(participant), {"action": "withdraw"})

    assert status_of(participant) == Status.WITHDRAWN


@pytest.mark.parametrize("session", ["", "7", "x", "²", "-1"])
def test_a_link_to_no_session_of_theirs_offers_each_of_them(client, session):
    participant = a_participant(a_meeting())

    assert buttons(client, page_of(participant, session=session)) == ["Miss this session only"] * 2 + ["Withdraw from all sessions"]


@pytest.mark.parametrize("pressed", [{}, {"session": "7"}, {"session": "x"}, {"action": "confirm"}])
def test_a_button_that_is_not_there_changes_nothing(client, pressed):
    participant = a_participant(a_meeting())

    assert client.post(page_of(participant), pressed).status_code == 200
    assert (status_of(participant), numbers(participant)) == (Status.CONFIRMED, [1, 2])


def test_the_only_session_cannot_be_missed_without_withdrawing(client):
    participant = a_participant(a_meeting(), sessions=frozenset({1}))

    client.post(page_of(participant), {"session": "1"})

    assert (status_of(participant), numbers(participant)) == (Status.CONFIRMED, [1])


def test_after_closing_one_can_only_withdraw_and_is_told_so(client):
    meeting = a_meeting()
    participant = a_participant(meeting)
    meeting.registration_closes_at = NOW
    meeting.save()

    page = soup(client.get(page_of(participant)))
    assert "To miss one session only, write to the secretariat: registration has closed." in page.main.text
    refused = soup(client.post(page_of(participant), {"session": "1"}))

    assert refused.select_one("[role=alert]").text.startswith("Registration has closed")
    assert numbers(participant) == [1, 2]


def test_whoever_has_withdrawn_already_is_told_so(client):
    participant = a_participant(a_meeting())
    withdraw(participant, actor=PARTICIPANT, now=NOW)

    page = soup(client.get(page_of(participant)))
    refused = soup(client.post(page_of(participant), {"action": "withdraw"}))

    assert (page.h1.text, page.select("main form")) == ("There is nothing to withdraw", [])
    assert refused.select_one("[role=alert]") is not None


def test_a_made_up_link_shows_nothing(client):
    assert client.get("/en/p/1-1.x/withdraw/").status_code == 404


@pytest.mark.parametrize("sessions", [2, 3])
def test_the_page_costs_the_same_for_any_number_of_sessions(client, sessions, django_assert_num_queries):
    participant = a_participant(a_meeting(sessions=sessions), sessions=frozenset(range(1, sessions + 1)))

    with django_assert_num_queries(4):
        client.get(page_of(participant, session=""))
