"""Revisions: what a mailbox is told, and when it is told something new."""

from datetime import timedelta

import pytest
from pytest_django import Settings

from registrations.calendars.entries import cancel, invite
from registrations.enums import Delivery
from registrations.links import join_url, participant_url
from registrations.models import Invitation, OutboxMessage, Participant, Revision, Session
from registrations.operations.withdraw import withdraw
from tests.mail_rows import event_in, names_in, value_of
from tests.make import NOW, ORGANIZER, a_meeting, a_participant, a_pending_participant, a_person, participants_of, sign_up

pytestmark = pytest.mark.django_db
SHARED = "mision@exteriores.example.com"


def session_of(participant: Participant) -> Session:
    return participant.sessions.select_related("meeting").get(number=1)


def invited(participant: Participant) -> Revision:
    revision = invite(session_of(participant), mailbox=participant.mailbox, now=NOW)
    assert revision is not None
    return revision


def sent(participant: Participant) -> Revision:
    """Its invitation to the first session, as if it had left."""
    revision = invited(participant)
    OutboxMessage.objects.filter(participant=participant, session__number=1).update(revision=revision, status=Delivery.SENT)
    return revision


def two_on_one_mailbox() -> list[Participant]:
    return participants_of(
        sign_up(a_meeting(join_url="https://zoom.example.com/j/1"), a_person(email=SHARED), a_person(email="Mision@exteriores.example.com"))
    )


def test_a_confirmed_participant_is_invited_with_sequence_0() -> None:
    participant = a_participant(a_meeting(), given_names="María", family_names="Muñoz Peña")

    revision = invited(participant)

    ics = bytes(revision.ics)
    event = event_in(ics)
    assert (revision.sequence, revision.method, revision.dtstamp) == (0, "REQUEST", NOW)
    assert event.uid.value == f"{revision.invitation.uid}@dialogo.example.org"
    assert event.summary.value == "Diálogo Regional de Partes sobre Desminado Humanitario: Sesión 1"
    assert event.summary.params["LANGUAGE"] == ["es"]
    assert event.attendee.value == f"mailto:{participant.email}"
    assert event.attendee.params["CN"] == ["María Muñoz Peña"]
    assert event.organizer.value == "mailto:registration@dialogo.example.org"
    assert event.organizer.params["CN"] == ["Diálogo"]
    assert event.url.value == participant_url(participant)
    assert participant_url(participant) in event.description.value
    assert "15:00-18:00 Ginebra (GMT+1)" in event.description.value
    assert value_of(ics, "STATUS") == "CONFIRMED"


def test_inviting_again_gives_the_very_same_revision() -> None:
    participant = a_participant(a_meeting())
    first = invited(participant)

    again = invite(session_of(participant), mailbox=participant.mailbox, now=NOW + timedelta(days=2))

    assert again == first
    assert bytes(again.ics) == bytes(first.ics)
    assert Revision.objects.count() == 1


def test_a_change_makes_a_revision_with_the_next_sequence_and_the_same_uid() -> None:
    participant = a_participant(a_meeting())
    first = invited(participant)
    session = session_of(participant)
    session.starts_at += timedelta(hours=1)
    session.save()

    second = invited(participant)

    assert (second.sequence, second.invitation) == (1, first.invitation)
    assert value_of(bytes(second.ics), "UID") == value_of(bytes(first.ics), "UID")
    assert value_of(bytes(second.ics), "DTSTART") == "20270210T150000Z"


def test_the_organizer_stays_when_the_sender_changes(settings: Settings) -> None:
    participant = a_participant(a_meeting())
    invited(participant)
    settings.DEFAULT_FROM_EMAIL = "Otra <other@elsewhere.example.org>"

    revision = invited(participant)

    assert value_of(bytes(revision.ics), "ORGANIZER") == "mailto:registration@dialogo.example.org"


def test_nobody_but_the_confirmed_is_invited_and_nobody_to_a_session_that_is_over() -> None:
    meeting = a_meeting()
    pending, participant = a_pending_participant(meeting), a_participant(meeting)
    session = session_of(participant)

    assert invite(session_of(pending), mailbox=pending.mailbox, now=NOW) is None
    assert invite(session, mailbox=participant.mailbox, now=session.ends_at) is None
    assert Invitation.objects.count() == 0


def test_the_join_link_of_the_site_is_in_the_invitation_only_once_there_is_one() -> None:
    without, with_link = a_participant(a_meeting()), a_participant(a_meeting(join_url="https://zoom.example.com/j/1"))

    assert "CONFERENCE" not in names_in(bytes(invited(without).ics))
    conference = value_of(bytes(invited(with_link).ics), "CONFERENCE")
    assert conference == join_url(with_link, session_of(with_link), language="es")
    assert b"zoom" not in bytes(invited(with_link).ics)


def test_people_on_one_mailbox_share_one_entry_under_their_delegations_name() -> None:
    first, second = two_on_one_mailbox()

    event = event_in(bytes(invited(second).ics))

    assert Invitation.objects.count() == 1
    assert event.attendee.params["CN"] == ["Perú"]
    assert event.attendee.value == f"mailto:{SHARED}"
    assert event.url.value == participant_url(first)
    for person in (first, second):
        assert f"{person.full_name}: {participant_url(person)}" in event.description.value


def test_one_of_two_leaving_updates_the_entry_and_the_last_cancels_it() -> None:
    first, second = two_on_one_mailbox()
    sent(first)
    withdraw(first, actor=ORGANIZER, now=NOW)

    assert cancel(session_of(first), mailbox=first.mailbox, now=NOW) is None
    update = invited(second)
    withdraw(second, actor=ORGANIZER, now=NOW)
    farewell = cancel(session_of(second), mailbox=second.mailbox, now=NOW)

    assert (update.sequence, event_in(bytes(update.ics)).attendee.params["CN"]) == (1, [second.full_name])
    assert farewell is not None
    assert (farewell.sequence, farewell.method) == (2, "CANCEL")


def test_a_cancellation_repeats_the_times_that_were_sent_last() -> None:
    participant = a_participant(a_meeting())
    request = sent(participant)
    session = session_of(participant)
    session.starts_at -= timedelta(hours=2)
    session.save()
    withdraw(participant, actor=ORGANIZER, now=NOW)

    farewell = cancel(session, mailbox=participant.mailbox, now=NOW)

    assert farewell is not None
    assert (farewell.sequence, farewell.invitation) == (1, request.invitation)
    for name in ("UID", "DTSTART", "DTEND", "ATTENDEE", "ORGANIZER"):
        assert value_of(bytes(farewell.ics), name) == value_of(bytes(request.ics), name)
    assert value_of(bytes(farewell.ics), "STATUS") == "CANCELLED"
    assert cancel(session, mailbox=participant.mailbox, now=NOW + timedelta(hours=1)) == farewell


def test_there_is_nothing_to_cancel_where_no_invitation_ever_left() -> None:
    participant = a_participant(a_meeting())
    session = session_of(participant)
    withdraw(participant, actor=ORGANIZER, now=NOW)

    assert cancel(session, mailbox=participant.mailbox, now=NOW) is None
    assert Revision.objects.count() == 0

    again = a_participant(participant.meeting, email=participant.email)
    invited(again)
    withdraw(again, actor=ORGANIZER, now=NOW)
    assert cancel(session, mailbox=participant.mailbox, now=NOW) is None


def test_a_session_taken_again_keeps_its_uid_and_counts_on() -> None:
    participant = a_participant(a_meeting())
    first = sent(participant)
    withdraw(participant, actor=ORGANIZER, now=NOW)
    farewell = cancel(session_of(participant), mailbox=participant.mailbox, now=NOW)
    again = a_participant(participant.meeting, email=participant.email)

    revision = invited(again)

    assert farewell is not None
    assert (revision.sequence, revision.invitation) == (2, first.invitation)
