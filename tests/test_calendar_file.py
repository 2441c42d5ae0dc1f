"""Programmes of many sessions: one mail with one file, as true as the invitations."""

from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage

import pytest
from django.core.mail import EmailMultiAlternatives
from django.test import Client

from registrations import mail
from registrations.calendars.own import own_calendar
from registrations.delivery import claim
from registrations.enums import CalendarDelivery, Delivery, MessageKind
from registrations.links import participant_url
from registrations.models import Meeting, OutboxMessage, Participant, Revision
from registrations.operations.amend import amend
from registrations.operations.calendar_entries import owe_cancellations, owe_invitations
from registrations.operations.resend import resend
from registrations.operations.withdraw import withdraw
from registrations.queries.participants import person_on_record
from tests.desk_rows import a_desk
from tests.mail_rows import lines_of, opened, owed, sent
from tests.make import NOW, ORGANIZER, a_meeting, a_participant, kinds_owed_to
from tests.test_desk_programme import as_shown, page_of

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)
MUCH_LATER = NOW + timedelta(hours=2)


def a_long_meeting(**fields: object) -> Meeting:
    return a_meeting(sessions=5, calendar_delivery=CalendarDelivery.FILE, **fields)


def somebody(**fields: object) -> Participant:
    return a_participant(a_long_meeting(join_url="https://zoom.example.com/j/1"), language="en", **{"sessions": frozenset({1, 2, 4})} | fields)


def file_in(written: EmailMultiAlternatives) -> EmailMessage:
    [attached] = [part for part in opened(written).walk() if part.get_filename()]
    return attached


def octets_of(written: EmailMultiAlternatives) -> bytes:
    return bytes(file_in(written).get_payload(decode=True)).replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def entries_in(written: EmailMultiAlternatives) -> list[tuple[str, str, str]]:
    """UID's first letters aside: DTSTART, STATUS and SEQUENCE of each event in the file."""
    lines = [line.partition(":") for line in lines_of(octets_of(written))]
    columns = [[value for name, _colon, value in lines if name == wanted] for wanted in ("DTSTART", "STATUS", "SEQUENCE")]
    return list(zip(*columns, strict=True))


def moved(participant: Participant) -> OutboxMessage:
    session = participant.meeting.sessions.get(number=1)
    session.starts_at += timedelta(hours=1)
    session.ends_at += timedelta(hours=1)
    session.save()
    owe_invitations(participant, sessions=[session], key="moved", now=LATER)
    return owed(participant, MessageKind.CALENDAR_FILE)


def test_a_confirmed_participant_gets_one_mail_with_one_file_of_all_sessions() -> None:
    participant = somebody()

    assert kinds_owed_to(participant) == ["calendar_file"]
    written = sent(owed(participant, MessageKind.CALENDAR_FILE))

    attached = file_in(written)
    assert (attached.get_filename(), attached.get_content_type(), attached.get_param("method")) == ("sessions.ics", "text/calendar", "PUBLISH")
    assert [kind for _content, kind in written.alternatives] == ["text/html"]
    assert entries_in(written) == [(f"202702{day}T140000Z", "CONFIRMED", "0") for day in (10, 11, 13)]
    assert not [line for line in lines_of(octets_of(written)) if line.startswith(("ATTENDEE", "CONFERENCE")) or "/join/" in line]
    assert written.subject == "Registration confirmed: Regional Dialogue on Humanitarian Demining"


def test_the_uids_are_those_of_the_participants_own_calendar() -> None:
    participant = somebody()

    written = sent(owed(participant, MessageKind.CALENDAR_FILE))

    uids = [[line for line in lines_of(file) if line.startswith("UID:")] for file in (octets_of(written), own_calendar(participant, now=NOW))]
    assert uids[0] == uids[1]


def test_a_moved_session_sends_the_new_file_and_says_what_changed() -> None:
    participant = somebody()
    first = opened(sent(owed(participant, MessageKind.CALENDAR_FILE)))

    written = sent(moved(participant), now=LATER)

    text = " ".join(written.body.split())
    assert entries_in(written) == [
        ("20270210T150000Z", "CONFIRMED", "1"),
        ("20270211T140000Z", "CONFIRMED", "0"),
        ("20270213T140000Z", "CONFIRMED", "0"),
    ]
    assert written.subject.startswith("Change of time: ")
    assert "Until now: Wednesday 10 February 2027, 15:00-18:00 Geneva (GMT+1); 09:00-12:00 Quito, Lima and Washington, D.C. (GMT-5)" in text
    assert "From now on: Wednesday 10 February 2027, 16:00-19:00 Geneva (GMT+1); 10:00-13:00 Quito, Lima and Washington, D.C. (GMT-5)" in text
    assert "import the attached file sessions.ics into your calendar again" in text
    assert opened(written)["References"] == first["Message-ID"]


def test_a_cancelled_session_stays_in_the_file_as_cancelled() -> None:
    participant = somebody()
    sent(owed(participant, MessageKind.CALENDAR_FILE))
    session = participant.meeting.sessions.get(number=2)
    session.is_cancelled = True
    session.save()
    owe_cancellations(participant, sessions=[session], because="session cancelled", key="off", now=LATER)

    written = sent(owed(participant, MessageKind.CALENDAR_FILE), now=LATER)

    assert [entry[1:] for entry in entries_in(written)] == [("CONFIRMED", "0"), ("CANCELLED", "1"), ("CONFIRMED", "0")]
    assert "Session 2, Thursday 11 February 2027 This session has been cancelled." in " ".join(written.body.split())


def test_dropped_and_added_sessions_are_one_mail() -> None:
    participant = somebody()
    sent(owed(participant, MessageKind.CALENDAR_FILE))
    amend(participant, details=replace(person_on_record(participant), sessions=frozenset({1, 2, 5})), actor=ORGANIZER, now=LATER)

    results = [mail.render(message, now=LATER) for message in _in_turn(participant)]

    [written] = [each for each in results if each]
    assert [entry[1] for entry in entries_in(written)] == ["CONFIRMED", "CONFIRMED", "CANCELLED", "CONFIRMED"]
    assert "You no longer attend this session." in written.body
    assert "You attend this session now." in written.body


def _in_turn(participant: Participant) -> list[OutboxMessage]:
    """Those that are owed, each sent before the next is rendered."""
    turns = []
    for message in OutboxMessage.objects.filter(mailbox=participant.mailbox, status=Delivery.QUEUED).order_by("created_at", "pk"):
        turns.append(message)
        mail.render(message, now=LATER)
        OutboxMessage.objects.filter(pk=message.pk, enclosed__isnull=False).update(status=Delivery.SENT, sent_at=LATER)
    return turns


def test_a_withdrawal_cancels_everything_in_the_file() -> None:
    participant = somebody()
    sent(owed(participant, MessageKind.CALENDAR_FILE))
    withdraw(participant, actor=ORGANIZER, now=LATER)

    written = sent(owed(participant, MessageKind.CALENDAR_FILE), now=LATER)

    assert [entry[1:] for entry in entries_in(written)] == [("CANCELLED", "1")] * 3
    assert written.subject.startswith("Registration withdrawn: ")
    assert "/p/" not in written.body


def test_nothing_is_sent_to_somebody_who_withdrew_before_the_first_file_left() -> None:
    participant = somebody()
    withdraw(participant, actor=ORGANIZER, now=LATER)

    assert [mail.render(message, now=LATER) for message in participant.outbox.all()] == [None, None]
    assert Revision.objects.count() == 0


def test_sending_again_gives_the_same_file() -> None:
    participant = somebody()
    first = sent(owed(participant, MessageKind.CALENDAR_FILE))
    resend(participant, actor=ORGANIZER, now=LATER)

    again = sent(owed(participant, MessageKind.CALENDAR_FILE), now=MUCH_LATER)

    assert (octets_of(again), again.subject, again.body) == (octets_of(first), first.subject, first.body)


def test_what_another_mail_has_told_already_is_not_sent_twice() -> None:
    participant = somebody()
    older = owed(participant, MessageKind.CALENDAR_FILE)
    newer = moved(participant)
    sent(older, now=LATER)

    assert mail.render(newer, now=LATER) is None


def test_two_on_one_mailbox_have_one_file_that_names_both_until_the_last_leaves() -> None:
    first = somebody(email="mision@example.org")
    sent(owed(first, MessageKind.CALENDAR_FILE))
    second = a_participant(first.meeting, language="en", email="Mision@example.org", sessions=frozenset({1}), now=LATER)

    both = sent(owed(second, MessageKind.CALENDAR_FILE), now=LATER)
    withdraw(first, actor=ORGANIZER, now=MUCH_LATER)
    left = sent(owed(second, MessageKind.CALENDAR_FILE), now=MUCH_LATER)

    assert first.full_name in both.body
    assert second.full_name in both.body
    assert [entry[1] for entry in entries_in(both)] == ["CONFIRMED"] * 3
    assert [entry[1] for entry in entries_in(left)] == ["CONFIRMED", "CANCELLED", "CANCELLED"]


def test_a_session_that_is_over_is_in_no_file_any_more() -> None:
    participant = somebody()
    after_the_first = participant.meeting.sessions.get(number=1).ends_at

    written = sent(owed(participant, MessageKind.CALENDAR_FILE), now=after_the_first)

    assert [entry[0] for entry in entries_in(written)] == ["20270211T140000Z", "20270213T140000Z"]


def test_only_the_oldest_file_of_a_mailbox_can_be_claimed() -> None:
    participant = somebody()
    older, newer = owed(participant, MessageKind.CALENDAR_FILE), moved(participant)

    assert claim(limit=5, now=MUCH_LATER) == [older]
    sent(older)
    assert claim(limit=5, now=MUCH_LATER) == [newer]


def test_the_file_is_shown_at_the_desk_before_it_leaves() -> None:
    message = owed(somebody(), MessageKind.CALENDAR_FILE)

    parts = a_desk().get(f"/admin/registrations/outboxmessage/{message.pk}/change/").context["parts"]

    assert parts.calendar.count("BEGIN:VEVENT") == 3
    assert (message.enclosed.count(), Revision.objects.count()) == (0, 0)


def test_no_page_promises_invitations_that_are_not_sent(client: Client) -> None:
    participant = somebody()

    own = client.get(participant_url(participant)).content.decode()
    programme = client.get(f"/en/{participant.meeting.slug}/").content.decode()

    assert "You will receive your sessions by e-mail, in one calendar file." in own
    assert "The invitations that came by e-mail" not in own
    assert "receive an invitation to each" not in programme
    assert "receive a file of their sessions" in programme


# --- the choice ---------------------------------------------------------------------------------------------------------
def test_an_organizer_chooses_the_file_for_a_new_meeting() -> None:
    meeting, desk = a_meeting(), a_desk()

    desk.post(page_of(meeting), as_shown(desk.get(page_of(meeting))) | {"calendar_delivery": "file"})

    meeting.refresh_from_db()
    assert meeting.calendar_delivery == CalendarDelivery.FILE


def test_the_way_stays_once_calendar_entries_are_on_theirs() -> None:
    meeting, desk = a_meeting(), a_desk()
    a_participant(meeting)

    answer = desk.post(page_of(meeting), as_shown(desk.get(page_of(meeting))) | {"calendar_delivery": "file"})

    meeting.refresh_from_db()
    assert "how they are sent can no longer be changed" in answer.content.decode()
    assert meeting.calendar_delivery == CalendarDelivery.INVITATIONS
