from datetime import timedelta
from typing import Any

import pytest

from registrations.calendars.entries import invite, uid_of
from registrations.calendars.own import own_calendar
from registrations.enums import Status
from registrations.links import calendar_url
from registrations.models import Invitation, Participant, Session
from tests.mail_rows import lines_of
from tests.make import NOW, a_meeting, a_participant

pytestmark = pytest.mark.django_db


def test_a_participants_file_holds_their_sessions_under_the_uids_of_their_invitations() -> None:
    participant = a_participant(a_meeting(join_url="https://zoom.example.com/j/1"), sessions=frozenset({2}))
    session = participant.sessions.get()
    revision = invite(session, mailbox=participant.mailbox, now=NOW)

    lines = lines_of(own_calendar(participant, now=NOW))

    assert revision is not None
    assert "METHOD:PUBLISH" in lines
    assert [line for line in lines if line.startswith("UID")] == [f"UID:{uid_of(revision.invitation)}"]
    assert [line for line in lines if line.startswith("SUMMARY")] == [
        "SUMMARY;LANGUAGE=es:Diálogo Regional de Partes sobre Desminado Humanitario: Sesión 2"
    ]
    assert f"URL:http://localhost/es/{participant.meeting.slug}/" in lines
    assert not [line for line in lines if line.startswith(("ATTENDEE", "CONFERENCE")) or "/join/" in line or "zoom" in line]


def test_the_uids_are_there_before_the_first_mail_has_left_and_stay() -> None:
    participant = a_participant(a_meeting())

    before = [line for line in lines_of(own_calendar(participant, now=NOW)) if line.startswith("UID")]
    invite(participant.sessions.get(number=1), mailbox=participant.mailbox, now=NOW)

    assert before == [line for line in lines_of(own_calendar(participant, now=NOW)) if line.startswith("UID")]
    assert len(before) == Invitation.objects.count() == 2


@pytest.mark.parametrize("status", [status for status in Status if status != Status.CONFIRMED])
def test_who_is_not_confirmed_has_no_sessions(status: Status) -> None:
    participant = a_participant(a_meeting())
    participant.status = status

    assert b"VEVENT" not in own_calendar(participant, now=NOW)


def test_the_feed_is_named_and_read_again_every_hour() -> None:
    participant = a_participant(a_meeting())

    lines = lines_of(own_calendar(participant, now=NOW))

    for line in [
        "NAME;LANGUAGE=es:Mis sesiones: Diálogo Regional de Partes sobre Desminado Humanitario",
        "X-WR-CALNAME:Mis sesiones: Diálogo Regional de Partes sobre Desminado Humanitario",
        f"SOURCE;VALUE=URI:{calendar_url(participant)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
    ]:
        assert line in lines


def test_what_was_sent_last_stands_in_the_feed() -> None:
    participant = a_participant(a_meeting())
    session = participant.sessions.get(number=1)
    invite(session, mailbox=participant.mailbox, now=NOW)
    Session.objects.filter(pk=session.pk).update(starts_at=session.starts_at + timedelta(hours=1))
    session.refresh_from_db()
    moved = invite(session, mailbox=participant.mailbox, now=NOW + timedelta(days=1))

    lines = lines_of(own_calendar(participant, now=NOW))

    assert moved is not None
    assert [line for line in lines if line.startswith("SEQUENCE")] == ["SEQUENCE:1", "SEQUENCE:0"]
    assert "DTSTAMP:20270121T100000Z" in lines


@pytest.mark.parametrize("sessions", [1, 5])
def test_the_feed_costs_the_same_number_of_statements_at_any_length(sessions: int, django_assert_num_queries: Any) -> None:
    participant = a_participant(a_meeting(sessions=sessions), sessions=frozenset(range(1, sessions + 1)))
    own_calendar(participant, now=NOW)
    again = Participant.objects.select_related("meeting").get(pk=participant.pk)

    with django_assert_num_queries(5):  # two of them are the savepoint
        own_calendar(again, now=NOW)


def test_the_bytes_repeat() -> None:
    participant = a_participant(a_meeting())

    assert own_calendar(participant, now=NOW) == own_calendar(Participant.objects.get(pk=participant.pk), now=NOW)


def test_a_cancelled_session_stays_as_cancelled_until_it_would_have_been_over() -> None:
    participant = a_participant(a_meeting(), language="en")
    session = participant.sessions.get(number=1)
    session.is_cancelled = True
    session.save()

    before, after = (lines_of(own_calendar(participant, now=moment)) for moment in (NOW, session.ends_at))

    assert [line for line in before if line.startswith("STATUS")] == ["STATUS:CANCELLED", "STATUS:CONFIRMED"]
    assert "SUMMARY;LANGUAGE=en:CANCELLED: Regional Dialogue on Humanitarian Demining: Session 1" in before
    assert [line for line in after if line.startswith("STATUS")] == ["STATUS:CONFIRMED"]
