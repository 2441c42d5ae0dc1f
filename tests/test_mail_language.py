"""The language of correspondence is switched at any time, and everything follows."""

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine

from registrations.details import PARTICIPANT
from registrations.enums import Delivery, MessageKind, Status
from registrations.links import participant_token
from registrations.models import OutboxMessage, Participant, Revision
from registrations.operations.amend import amend
from registrations.operations.decline import decline
from registrations.operations.resend import resend
from registrations.operations.switch_language import switch_language
from registrations.operations.withdraw import withdraw
from registrations.queries.participants import person_on_record
from tests.mail_rows import event_in, octets, owed, rendered, sent
from tests.make import NOW, ORGANIZER, a_meeting, a_participant, a_pending_participant, a_person, kinds_owed_to, participants_of, sign_up
from tests.web_form import soup

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)
SHARED = "mision@exteriores.example.com"


def all_sent(participant: Participant) -> None:
    for message in OutboxMessage.objects.filter(participant=participant, status=Delivery.QUEUED):
        sent(message)


def to_english(participant: Participant) -> Participant:
    return switch_language(participant, language="en", actor=PARTICIPANT, now=LATER)


def by_the_edit_page(participant: Participant) -> Participant:
    return amend(participant, details=replace(person_on_record(participant), language="en"), actor=PARTICIPANT, now=LATER)


@pytest.mark.parametrize("switch", [to_english, by_the_edit_page])
def test_the_entries_in_the_calendar_are_sent_anew_in_the_new_language_under_the_same_uid(switch):
    participant = a_participant(a_meeting(), language="es")
    first = octets(sent(owed(participant, MessageKind.INVITATION, session=1)))
    sent(owed(participant, MessageKind.INVITATION, session=2))

    switch(participant)

    updates = OutboxMessage.objects.filter(status=Delivery.QUEUED).order_by("session__number")
    assert [(message.kind, message.session.number, message.language) for message in updates] == [("invitation", 1, "en"), ("invitation", 2, "en")]
    update = rendered(updates[0], now=LATER)
    before, after = event_in(first), event_in(octets(update))
    assert update.subject.startswith("Invitation updated")
    assert (before.summary.params["LANGUAGE"], after.summary.params["LANGUAGE"]) == (["es"], ["en"])
    assert (before.sequence.value, after.sequence.value) == ("0", "1")
    assert before.uid.value == after.uid.value
    assert after.summary.value == "Regional Dialogue on Humanitarian Demining: Session 1"


@pytest.mark.parametrize("switch", [to_english, by_the_edit_page])
def test_mails_owed_take_the_new_language_and_none_is_owed_twice(switch):
    participant = a_participant(a_meeting(), language="es")

    switch(participant)

    assert [(message.kind, message.language) for message in participant.outbox.all()] == [("invitation", "en"), ("invitation", "en")]
    written = rendered(owed(participant, MessageKind.INVITATION, session=1), now=LATER)
    assert written.subject.startswith("Registration confirmed")
    assert event_in(octets(written)).summary.params["LANGUAGE"] == ["en"]
    assert Revision.objects.get().sequence == 0


def test_a_mail_in_the_hands_of_a_worker_takes_the_language_if_it_has_to_be_sent_once_more():
    participant = a_pending_participant(a_meeting(), language="es")
    participant.outbox.update(status=Delivery.SENDING, claimed_until=LATER)

    to_english(participant)

    assert [message.language for message in participant.outbox.all()] == ["en"]


def test_the_next_mail_is_in_the_new_language():
    participant = to_english(a_pending_participant(a_meeting(), language="es"))

    resend(participant, actor=ORGANIZER, now=LATER + timedelta(minutes=1))

    assert rendered(owed(participant, MessageKind.RECEIVED)).subject.startswith("Registration received")


def test_mails_that_were_sent_keep_the_language_in_which_they_were_sent():
    participant = a_pending_participant(a_meeting(), language="es")
    all_sent(participant)

    to_english(participant)

    assert [(message.kind, message.language) for message in participant.outbox.all()] == [("received", "es")]


def test_a_reason_that_was_written_in_one_language_goes_out_in_it():
    participant = a_pending_participant(a_meeting(), language="es")
    decline(participant, reasons={"es": "No hay plazas."}, actor=ORGANIZER, now=NOW)

    to_english(participant)

    assert {message.kind: message.language for message in participant.outbox.all()} == {"received": "en", "declined": "es"}


def test_an_entry_that_speaks_somebody_elses_language_is_left_alone():
    people = [a_person(email=SHARED, language="es"), a_person(email=SHARED, language="es")]
    first, second = participants_of(sign_up(a_meeting(), *people))
    all_sent(first)

    to_english(second)
    assert OutboxMessage.objects.filter(status=Delivery.QUEUED).count() == 0

    to_english(first)
    assert OutboxMessage.objects.filter(status=Delivery.QUEUED).count() == 2


def test_a_new_mailbox_and_a_new_language_owe_one_invitation_a_session():
    participant = a_participant(a_meeting(), language="es")
    all_sent(participant)
    details = replace(person_on_record(participant), language="en", email="new@exteriores.example.com")

    amend(participant, details=details, actor=PARTICIPANT, now=LATER)

    owing = OutboxMessage.objects.filter(status=Delivery.QUEUED).order_by("kind", "session__number")
    assert [(message.kind, message.session.number, message.mailbox, message.language) for message in owing] == [
        ("cancellation", 1, participant.mailbox, "en"),
        ("cancellation", 2, participant.mailbox, "en"),
        ("invitation", 1, "new@exteriores.example.com", "en"),
        ("invitation", 2, "new@exteriores.example.com", "en"),
    ]


def test_the_language_they_have_already_changes_nothing():
    participant = a_participant(a_meeting(), language="en")

    to_english(participant)

    assert (participant.history.count(), kinds_owed_to(participant)) == (1, ["invitation", "invitation"])


# --- the participant's page -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("status", list(Status))
def test_one_click_switches_it_in_every_status_and_after_closing(client, status):
    participant = a_pending_participant(a_meeting(), language="es")
    Participant.objects.update(status=status)
    address = f"/en/p/{participant_token(participant)}/"

    with time_machine.travel(NOW + timedelta(days=300), tick=False):
        button = soup(client.get(address)).select_one("button[name=language]")
        response = client.post(address, {"language": button["value"]}, follow=True)

    participant.refresh_from_db()
    assert (button["value"], button.text, participant.language) == ("en", "Receive the mails in English", "en")
    assert soup(response).select_one("button[name=language]")["value"] == "es"
    last = participant.history.last()
    assert (last.event, last.actor, last.facts) == ("amend", "participant", {"changes": {"language": ["es", "en"]}})


@pytest.mark.parametrize("language", ["fr", "", "EN"])
def test_a_language_that_we_do_not_write_is_ignored(client, language):
    participant = a_participant(a_meeting(), language="es")

    response = client.post(f"/en/p/{participant_token(participant)}/", {"language": language})

    participant.refresh_from_db()
    assert (response.status_code, participant.language, participant.history.count()) == (200, "es", 1)


def test_a_visit_does_not_switch_it(client):
    participant = a_participant(a_meeting(), language="es")

    client.get(f"/en/p/{participant_token(participant)}/?language=en")

    participant.refresh_from_db()
    assert participant.language == "es"


def test_somebody_withdrawn_gets_no_invitation_in_any_language():
    participant = a_participant(a_meeting(), language="es")
    all_sent(participant)
    withdraw(participant, actor=PARTICIPANT, now=NOW)

    to_english(participant)

    owing = OutboxMessage.objects.filter(status=Delivery.QUEUED)
    assert [(message.kind, message.language) for message in owing] == [("cancellation", "en"), ("cancellation", "en")]
