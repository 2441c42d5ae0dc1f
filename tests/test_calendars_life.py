"""The life of an entry as its mailbox sees it: answers, other hours, cancelled sessions, and what the mails say of them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from pytest_django import Settings

from registrations import mail
from registrations.delivery import claim
from registrations.enums import Answer, Delivery, MessageKind
from registrations.models import Invitation, OutboxMessage, Participant, Revision, Session
from registrations.operations.amend import amend
from registrations.operations.calendar_entries import owe_cancellations, owe_invitations
from registrations.operations.resend import resend
from registrations.operations.withdraw import withdraw
from registrations.queries.participants import person_on_record
from tests.mail_rows import event_in, lines_of, octets, opened, owed, sent, value_of
from tests.make import NOW, ORGANIZER, a_meeting, a_participant

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)
MUCH_LATER = NOW + timedelta(hours=2)


@pytest.fixture(params=["webhook", "mailbox"])
def replies(request: pytest.FixtureRequest, settings: Settings) -> None:
    settings.REPLIES = request.param


def attendee_in(ics: bytes) -> str:
    [line] = [line for line in lines_of(ics) if line.startswith("ATTENDEE")]
    return line


def in_english() -> Participant:
    return a_participant(a_meeting(), language="en")


def session_of(participant: Participant, *, number: int = 1) -> Session:
    return participant.meeting.sessions.get(number=number)


def changed(participant: Participant, change: Callable[[Session], None], *, key: str, now=LATER) -> OutboxMessage:
    """Session 1 after the change was published."""
    session = session_of(participant)
    change(session)
    session.save()
    owe_invitations(participant, sessions=[session], key=key, now=now)
    return owed(participant, MessageKind.INVITATION, session=1)


def an_hour_later(session: Session) -> None:
    session.starts_at += timedelta(hours=1)
    session.ends_at += timedelta(hours=1)


def other_title(session: Session) -> None:
    session.title_en = "Opening session"


def with_session_cancelled(participant: Participant, *, now=LATER) -> OutboxMessage:
    session = session_of(participant)
    session.is_cancelled = True
    session.save()
    owe_cancellations(participant, sessions=[session], because="session cancelled", key="off", now=now)
    return owed(participant, MessageKind.CANCELLATION, session=1)


def answered(answer: Answer) -> None:
    Invitation.objects.update(answer=answer, answered_sequence=0, answered_dtstamp=NOW)


# --- answers ------------------------------------------------------------------------------------------------------------
def test_nobody_is_asked_while_nobody_reads_the_answers() -> None:
    participant = in_english()

    assert "PARTSTAT=ACCEPTED;ROLE=REQ-PARTICIPANT;RSVP=FALSE" in attendee_in(octets(sent(owed(participant, MessageKind.INVITATION, session=1))))


def test_the_first_mail_asks_for_an_answer(replies: None) -> None:
    participant = in_english()

    written = sent(owed(participant, MessageKind.INVITATION, session=1))

    assert "PARTSTAT=NEEDS-ACTION;ROLE=REQ-PARTICIPANT;RSVP=TRUE" in attendee_in(octets(written))
    assert "Please accept or decline in your calendar" in written.body


def test_an_answer_makes_no_revision_and_neither_does_the_switch(replies: None, settings: Settings) -> None:
    participant = in_english()
    first = octets(sent(owed(participant, MessageKind.INVITATION, session=1)))
    answered(Answer.ACCEPTED)
    settings.REPLIES = "off"
    resend(participant, actor=ORGANIZER, now=LATER)

    again = octets(sent(owed(participant, MessageKind.INVITATION, session=1)))

    assert again == first
    assert Revision.objects.count() == 1


def test_the_answer_is_kept_when_the_title_changes(replies: None) -> None:
    participant = in_english()
    sent(owed(participant, MessageKind.INVITATION, session=1))
    answered(Answer.TENTATIVE)

    update = octets(sent(changed(participant, other_title, key="title")))

    assert "PARTSTAT=TENTATIVE" in attendee_in(update)
    assert value_of(update, "SEQUENCE") == "1"
    assert Invitation.objects.get().answer == Answer.TENTATIVE


def test_other_hours_are_asked_about_anew(replies: None) -> None:
    participant = in_english()
    sent(owed(participant, MessageKind.INVITATION, session=1))
    answered(Answer.ACCEPTED)

    update = octets(sent(changed(participant, an_hour_later, key="moved")))

    assert "PARTSTAT=NEEDS-ACTION" in attendee_in(update)
    invitation = Invitation.objects.get()
    assert (invitation.answer, invitation.answered_sequence, invitation.answered_dtstamp) == (Answer.NEEDS_ACTION, None, None)


# --- what changed -------------------------------------------------------------------------------------------------------
def test_a_mail_about_other_hours_says_which_before_and_now_and_continues_the_thread() -> None:
    participant = in_english()
    first = opened(sent(owed(participant, MessageKind.INVITATION, session=1)))

    written = sent(changed(participant, an_hour_later, key="moved"))

    text = " ".join(written.body.split())
    assert written.subject.startswith("Change of time: Regional Dialogue")
    assert "Until now: Wednesday 10 February 2027, 15:00-18:00 Geneva (GMT+1); 09:00-12:00 Quito, Lima and Washington, D.C. (GMT-5)" in text
    assert "From now on: Wednesday 10 February 2027, 16:00-19:00 Geneva (GMT+1); 10:00-13:00 Quito, Lima and Washington, D.C. (GMT-5)" in text
    assert opened(written)["References"] == first["Message-ID"]


def test_another_day_is_a_change_of_date() -> None:
    participant = in_english()
    sent(owed(participant, MessageKind.INVITATION, session=1))

    def next_day(session: Session) -> None:
        session.starts_at += timedelta(days=1)
        session.ends_at += timedelta(days=1)

    assert sent(changed(participant, next_day, key="moved")).subject.startswith("Change of date: ")


def test_another_title_is_an_updated_invitation_that_names_both() -> None:
    participant = in_english()
    sent(owed(participant, MessageKind.INVITATION, session=1))

    written = sent(changed(participant, other_title, key="title"))

    text = " ".join(written.body.split())
    assert written.subject.startswith("Invitation updated: ")
    assert "Until now: Regional Dialogue on Humanitarian Demining: Session 1" in text
    assert "From now on: Regional Dialogue on Humanitarian Demining: Opening session" in text
    assert "Time Until now" not in text


def test_a_corrected_name_reaches_the_calendar_and_a_corrected_position_does_not() -> None:
    participant = in_english()
    sent(owed(participant, MessageKind.INVITATION, session=1)), sent(owed(participant, MessageKind.INVITATION, session=2))
    record = person_on_record(participant)

    amend(participant, details=replace(record, position="Ministra"), actor=ORGANIZER, now=LATER)
    assert OutboxMessage.objects.filter(status=Delivery.QUEUED).count() == 0
    amend(participant, details=replace(record, family_names="Muñoz de Peña", position="Ministra"), actor=ORGANIZER, now=LATER)

    update = octets(sent(owed(participant, MessageKind.INVITATION, session=1)))
    assert event_in(update).attendee.params["CN"][0].endswith("Muñoz de Peña")
    assert value_of(update, "SEQUENCE") == "1"


# --- cancelled sessions -------------------------------------------------------------------------------------------------
def test_a_cancelled_session_leaves_the_calendar_and_the_others_are_listed() -> None:
    participant = in_english()
    request = octets(sent(owed(participant, MessageKind.INVITATION, session=1)))

    written = sent(with_session_cancelled(participant))

    text = " ".join(written.body.split())
    farewell = octets(written)
    assert written.subject.startswith("Session cancelled: ")
    assert "“Session 1” of “Regional Dialogue on Humanitarian Demining” has been cancelled." in text
    assert "Your registration for the other session stands. Session 2 Thursday 11 February 2027" in text
    assert (value_of(farewell, "STATUS"), value_of(farewell, "SEQUENCE"), value_of(farewell, "UID")) == ("CANCELLED", "1", value_of(request, "UID"))
    assert value_of(farewell, "DESCRIPTION") == "This session has been cancelled."


def test_a_session_that_takes_place_after_all_counts_on_and_asks_again(replies: None) -> None:
    participant = in_english()
    request = octets(sent(owed(participant, MessageKind.INVITATION, session=1)))
    answered(Answer.ACCEPTED)
    sent(with_session_cancelled(participant), now=LATER)

    written = sent(changed(participant, lambda session: setattr(session, "is_cancelled", False), key="on", now=MUCH_LATER), now=MUCH_LATER)

    ics = octets(written)
    assert "takes place after all" in " ".join(written.body.split())
    assert (value_of(ics, "SEQUENCE"), value_of(ics, "UID")) == ("2", value_of(request, "UID"))
    assert "PARTSTAT=NEEDS-ACTION" in attendee_in(ics)


def test_a_cancellation_that_was_taken_back_before_it_left_is_not_sent() -> None:
    participant = in_english()
    sent(owed(participant, MessageKind.INVITATION, session=1))
    farewell = with_session_cancelled(participant)
    Session.objects.update(is_cancelled=False)
    withdraw(participant, actor=ORGANIZER, now=MUCH_LATER)

    assert mail.render(OutboxMessage.objects.get(pk=farewell.pk), now=MUCH_LATER) is None
    assert "has been withdrawn" in sent(owed(participant, MessageKind.CANCELLATION, session=1)).body


def test_another_mailbox_gets_an_entry_of_its_own_and_the_old_one_is_cancelled() -> None:
    participant = in_english()
    before = octets(sent(owed(participant, MessageKind.INVITATION, session=1)))
    record = person_on_record(participant)
    amend(participant, details=replace(record, email="new@example.org"), actor=ORGANIZER, now=LATER)

    farewell = octets(sent(owed(participant, MessageKind.CANCELLATION, session=1), now=LATER))
    fresh = octets(sent(owed(Participant.objects.get(pk=participant.pk), MessageKind.INVITATION, session=1), now=LATER))

    assert (value_of(farewell, "UID"), value_of(farewell, "SEQUENCE")) == (value_of(before, "UID"), "1")
    assert value_of(fresh, "SEQUENCE") == "0"
    assert value_of(fresh, "UID") != value_of(before, "UID")


def test_nothing_is_cancelled_once_the_session_is_over() -> None:
    participant = in_english()
    sent(owed(participant, MessageKind.INVITATION, session=1))
    farewell = with_session_cancelled(participant)

    assert mail.render(farewell, now=session_of(participant).ends_at) is None


# --- order and truth ----------------------------------------------------------------------------------------------------
def test_of_two_mails_that_are_owed_only_the_newest_truth_leaves_and_once() -> None:
    participant = in_english()
    older = owed(participant, MessageKind.INVITATION, session=1)
    newer = changed(participant, an_hour_later, key="moved")

    written = sent(older)

    assert value_of(octets(written), "DTSTART") == "20270210T150000Z"
    assert mail.render(newer, now=MUCH_LATER) is None


def test_a_retried_older_mail_keeps_the_newer_ones_waiting() -> None:
    participant = in_english()
    older = owed(participant, MessageKind.INVITATION, session=1)
    newer = changed(participant, an_hour_later, key="moved")
    OutboxMessage.objects.filter(pk=older.pk).update(due_at=MUCH_LATER)

    assert newer not in claim(limit=9, now=LATER)
    assert older in claim(limit=9, now=MUCH_LATER)


def test_what_the_server_may_have_is_cancelled() -> None:
    participant = in_english()
    message = owed(participant, MessageKind.INVITATION, session=1)
    sent(message)
    OutboxMessage.objects.filter(pk=message.pk).update(status=Delivery.UNCERTAIN, sent_at=None)
    withdraw(participant, actor=ORGANIZER, now=LATER)

    assert value_of(octets(sent(owed(participant, MessageKind.CANCELLATION, session=1))), "SEQUENCE") == "1"


@pytest.mark.parametrize("kind", [MessageKind.INVITATION, MessageKind.CANCELLATION])
def test_the_same_row_sends_the_same_bytes_after_a_crash(kind: MessageKind) -> None:
    participant = in_english()
    message = owed(participant, MessageKind.INVITATION, session=1)
    if kind == MessageKind.CANCELLATION:
        sent(message)
        message = with_session_cancelled(participant)
    before = opened(mail.render(message, now=LATER))

    again = opened(mail.render(OutboxMessage.objects.get(pk=message.pk), now=MUCH_LATER))

    read = [[part.get_payload(decode=True) for part in written.walk() if not part.is_multipart()] for written in (before, again)]
    assert read[0] == read[1]
    assert [before[name] for name in ("Message-ID", "Subject", "References")] == [again[name] for name in ("Message-ID", "Subject", "References")]
