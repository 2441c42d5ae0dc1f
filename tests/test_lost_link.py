"""Asking for lost links: the answer never tells whether an address is known."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from registrations.details import FocalPoint
from registrations.enums import MessageKind
from registrations.errors import TooManyAttempts
from registrations.links import delegation_token, delegation_url, participant_token, participant_url
from registrations.models import Attempt, Delegation, Meeting, OutboxMessage, Participant
from registrations.operations.attempt import attempt
from registrations.operations.decline import decline
from registrations.operations.send_links import send_links
from registrations.operations.withdraw import withdraw
from registrations.rules.rate_limits import MOST_PER_HOUR, Door
from tests.mail_rows import rendered
from tests.make import NOW, ORGANIZER, a_meeting, a_participant, a_pending_participant, a_person, participants_of, sign_up
from tests.web_form import sentences, soup

pytestmark = pytest.mark.django_db
PATH = "/en/dialogue/lost-link/"
ROSA = FocalPoint(name="Rosa Archivo", email="rosa@mision.example.org", language="en")
SENTENCE = "If this address is known for the meeting, a mail with the links is on its way."


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def meeting() -> Meeting:
    return a_meeting(slug="dialogue")


def ask(meeting: Meeting, email: str, *, minutes: int = 0) -> list[OutboxMessage]:
    """Ask for the links of the address; everything owed as links so far."""
    send_links(meeting, email=email, address_key="address", now=NOW + timedelta(minutes=minutes))
    return list(OutboxMessage.objects.filter(kind=MessageKind.LINKS).order_by("created_at"))


# --- the operation ----------------------------------------------------------------------------------------------------
def test_a_focal_point_gets_the_delegations_link_in_their_language(meeting):
    delegation = sign_up(meeting, a_person(), focal_point=ROSA).delegation

    [message] = ask(meeting, "ROSA@mision.example.org")

    assert (message.recipient_name, message.recipient_email, message.language) == ("Rosa Archivo", ROSA.email, "en")
    text = rendered(message).body
    assert f"The delegation’s page: {delegation_url(delegation)}" in text
    assert "/p/" not in text


def test_a_participant_gets_their_own_link_and_nobody_elses(meeting):
    first, second = participants_of(sign_up(meeting, a_person(), a_person(language="en"), focal_point=ROSA))

    [message] = ask(meeting, second.email)

    assert (message.recipient_name, message.language) == (second.full_name, "en")
    text = rendered(message).body
    assert participant_url(second) in text
    assert participant_token(first) not in text
    assert "/d/" not in text


def test_everything_of_one_mailbox_comes_in_one_mail(meeting):
    mine, yours = (a_person(email=ROSA.email, language="es") for _ in range(2))
    states = sign_up(meeting, mine, yours, focal_point=ROSA)
    organization = sign_up(meeting, a_person(), type_code="organization", entity="", organization="Red Andina", focal_point=ROSA)

    [message] = ask(meeting, ROSA.email)

    text = rendered(message).body
    urls = [delegation_url(states.delegation), delegation_url(organization.delegation)]
    urls += [participant_url(person, language="en") for person in participants_of(states)]
    assert [line.split()[-1] for line in text.splitlines() if "://" in line] == urls


def test_what_belongs_to_another_meeting_stays_out(meeting):
    sign_up(a_meeting(), a_person(email=ROSA.email), focal_point=ROSA)

    assert ask(meeting, ROSA.email) == []


def test_an_unknown_address_gets_nothing(meeting):
    a_participant(meeting)

    assert ask(meeting, "stranger@example.net") == []


def test_whoever_withdrew_is_not_known_any_more(meeting):
    [participant] = participants_of(sign_up(meeting, a_person(), focal_point=ROSA))
    withdraw(participant, actor=ORGANIZER, now=NOW)

    assert ask(meeting, participant.email) == []


def test_whoever_was_declined_still_finds_their_page(meeting):
    participant = a_pending_participant(meeting)
    decline(participant, reasons={"es": "Fuera de plazo."}, actor=ORGANIZER, now=NOW)

    assert participant_url(participant) in rendered(ask(meeting, participant.email)[0]).body


def test_whoever_was_erased_is_not_known_any_more(meeting):
    [participant] = participants_of(sign_up(meeting, a_person(), focal_point=ROSA))
    Participant.objects.update(erased_at=NOW)

    assert ask(meeting, participant.email) == []


def test_a_mailbox_gets_one_mail_in_ten_minutes_however_often_it_is_asked_for(meeting):
    sign_up(meeting, a_person(), focal_point=ROSA)

    assert [len(ask(meeting, ROSA.email, minutes=minutes)) for minutes in (0, 5, 9, 10, 19, 20)] == [1, 1, 1, 2, 2, 3]


def test_the_row_does_not_hold_the_address_in_its_key(meeting):
    sign_up(meeting, a_person(), focal_point=ROSA)

    [message] = ask(meeting, ROSA.email)

    assert "rosa" not in message.unique_key


def test_the_links_are_those_that_work_when_the_mail_leaves(meeting):
    sign_up(meeting, a_person(), focal_point=ROSA)
    [message] = ask(meeting, ROSA.email)
    Delegation.objects.update(link_version=5)

    assert delegation_url(Delegation.objects.get()) in rendered(message).body


def test_one_network_address_may_ask_so_often_and_no_more(meeting):
    for _ in range(MOST_PER_HOUR[Door.LOST_LINK]):
        attempt(Door.LOST_LINK, key="address", now=NOW)
    sign_up(meeting, a_person(), focal_point=ROSA)

    with pytest.raises(TooManyAttempts):
        ask(meeting, ROSA.email)
    assert not OutboxMessage.objects.filter(kind=MessageKind.LINKS).exists()
    assert len(ask(meeting, ROSA.email, minutes=61)) == 1


# --- the page ---------------------------------------------------------------------------------------------------------
def test_the_page_asks_for_one_thing_and_sends_no_cookie(client, meeting):
    response = client.get(PATH)

    assert [control["name"] for control in soup(response).select("main form [name]")] == ["email"]
    assert not response.cookies


def test_a_browser_without_cookies_and_with_csrf_checks_gets_through(meeting):
    sign_up(meeting, a_person(), focal_point=ROSA)

    answer = Client(enforce_csrf_checks=True).post(PATH, {"email": ROSA.email})

    assert SENTENCE in answer.content.decode()
    assert OutboxMessage.objects.filter(kind=MessageKind.LINKS, mailbox=ROSA.email).count() == 1


def test_the_answer_is_the_same_to_the_byte_for_a_known_and_an_unknown_address(meeting):
    sign_up(meeting, a_person(), focal_point=ROSA)

    known, unknown = (Client().post(PATH, {"email": email}) for email in (ROSA.email, "stranger@example.net"))

    assert known.content == unknown.content
    assert known.headers == unknown.headers
    assert known.status_code == unknown.status_code == 200
    assert SENTENCE in known.content.decode()


def test_and_so_is_its_work_but_for_the_one_row(client, meeting):
    [participant] = participants_of(sign_up(meeting, a_person(), focal_point=ROSA))
    counts = []
    for email in ("stranger@example.net", ROSA.email, participant.email):
        with CaptureQueriesContext(connection) as captured:
            client.post(PATH, {"email": email})
        counts.append(len(captured))

    unknown, focal_point, person = counts
    assert focal_point == person == unknown + 1


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Enter the e-mail address that was given at sign-up."),
        ("rosa@", "Enter an e-mail address in the form name@example.org."),
        (f"{'r' * 300}@example.org", "Ensure this value has at most 254 characters (it has 312)."),
        ("rosa\0@example.org", "Null characters are not allowed."),
    ],
)
def test_bad_input_is_explained_and_not_lost(client, meeting, typed, sentence):
    response = client.post(PATH, {"email": typed})

    assert response.status_code == 200
    assert sentence in sentences(response)
    assert soup(response).select_one("#id_email").get("value", "") == typed
    assert Attempt.objects.count() == 0


def test_too_many_wishes_are_answered_by_429_with_what_was_typed(client, meeting):
    for _ in range(MOST_PER_HOUR[Door.LOST_LINK]):
        client.post(PATH, {"email": "stranger@example.net"})

    response = client.post(PATH, {"email": "rosa@mision.example.org"})

    assert response.status_code == 429
    assert sentences(response) == ["This was tried very often within an hour. Nothing you typed is lost: try again later."]
    assert soup(response).select_one("#id_email")["value"] == "rosa@mision.example.org"


def test_nothing_is_asked_by_opening_an_address(client, meeting):
    sign_up(meeting, a_person(), focal_point=ROSA)

    client.get(PATH, {"email": ROSA.email})

    assert not OutboxMessage.objects.filter(kind=MessageKind.LINKS).exists()


def test_a_meeting_that_is_not_published_has_no_such_page(client, meeting):
    Meeting.objects.update(is_published=False)

    assert client.get(PATH).status_code == 404


def test_a_link_that_was_replaced_leads_to_the_page(client, meeting):
    participant = a_participant(meeting)
    paths = [f"/en/d/{delegation_token(participant.delegation)}/", f"/en/p/{participant_token(participant)}/"]
    Delegation.objects.update(link_version=2)
    Participant.objects.update(link_version=2)

    for path in paths:
        response = client.get(path)
        assert response.status_code == 410
        assert f'<a class="btn btn-primary" href="{PATH}">Ask for a new link</a>' in response.content.decode()


def test_a_link_whose_time_is_over_does_not(client, meeting):
    participant = a_participant(meeting)

    with time_machine.travel(NOW + timedelta(days=90)):
        response = client.get(f"/en/d/{delegation_token(participant.delegation)}/")

    assert response.status_code == 410
    assert "Ask for a new link" not in response.content.decode()


def test_the_page_of_delegation_types_and_every_footer_lead_to_it(client, meeting):
    page = soup(client.get("/en/dialogue/register/"))

    assert [link.text for link in page.select(f'a[href="{PATH}"]')] == ["You have registered already and lost your link?", "Lost your link?"]
