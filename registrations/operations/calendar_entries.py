"""Owe the mails that keep a mailbox's calendar true. Called inside the transaction that changes who attends what."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from registrations.enums import MAY_HAVE_LEFT, Arrival, CalendarDelivery, MessageKind, Status
from registrations.models import OutboxMessage, Participant, ProgrammeVersion, Session
from registrations.outbox import enqueue, message_to


def owe_invitations(participant: Participant, *, sessions: Iterable[Session], key: object, now: datetime, again: bool = False) -> None:
    """Owe an invitation a session, or the one file of them; `key` tells this occasion from others.

    What the mailbox has been told already is sent `again` only if that is what somebody wants.
    """
    facts = {"again": True} if again else {}
    enqueue(calendar_mails(participant, MessageKind.INVITATION, sessions=sessions, key=key, now=now, **facts))


def owe_cancellations(participant: Participant, *, sessions: Iterable[Session], because: str, key: object, now: datetime) -> None:
    """Owe a cancellation for each session, or an update where somebody else on the same mailbox still attends it; or the new file.

    None is owed to a mailbox from which every entry of the session came back: its calendar never had it.
    `because` is "withdrawn", "declined", "substituted", "session dropped", "session cancelled" or "mailbox changed". Call it once the
    participant, or the session, no longer counts.
    """
    known = [session for session in sessions if not (participant.bounced_at and _came_back(session, mailbox=participant.mailbox))]
    enqueue(calendar_mails(participant, MessageKind.CANCELLATION, sessions=known, key=key, now=now, because=because))


def owe_changes(session: Session, *, version: ProgrammeVersion, now: datetime) -> None:
    """Owe each mailbox of those confirmed an update, or a cancellation where the session is cancelled; or the new file.

    Two statements, whatever their number. Nothing is told of a session that is over.
    """
    if session.ends_at <= now:
        return
    people = session.participants.filter(status=Status.CONFIRMED, erased_at=None).order_by("-pk")
    first_on_mailbox = {person.mailbox: person for person in people}
    enqueue(_change(person, session=session, version=version, now=now) for person in first_on_mailbox.values())


def _change(person: Participant, *, session: Session, version: ProgrammeVersion, now: datetime) -> OutboxMessage:
    key = f"version {version.pk}"
    if session.meeting.calendar_delivery == CalendarDelivery.FILE:
        return message_to(person, MessageKind.CALENDAR_FILE, key=f"{person.pk}:{key}", now=now, version=version.number)
    kind, because = (MessageKind.CANCELLATION, {"because": "session cancelled"}) if session.is_cancelled else (MessageKind.INVITATION, {})
    facts = {**because, "version": version.number}
    return message_to(person, kind, session=session, key=f"{person.pk}:{session.pk}:{key}", now=now, **facts)


def calendar_mails(
    participant: Participant, kind: MessageKind, *, sessions: Iterable[Session], key: object, now: datetime, **facts: Any
) -> list[OutboxMessage]:
    """The unsaved invitations or cancellations of the participant's mailbox, or the one file that the meeting sends instead."""
    sessions = list(sessions)
    if sessions and participant.meeting.calendar_delivery == CalendarDelivery.FILE:
        return [_file(participant, kind, key=key, now=now, **facts)]
    return [_mail(participant, kind, session=session, key=key, now=now, **facts) for session in sessions]


def _mail(participant: Participant, kind: MessageKind, *, session: Session, key: object, now: datetime, **facts: Any) -> OutboxMessage:
    remaining = next(_others(participant, session=session), None) if kind == MessageKind.CANCELLATION else None
    if remaining:
        return _mail(remaining, MessageKind.INVITATION, session=session, key=key, now=now)
    return message_to(participant, kind, session=session, key=f"{participant.pk}:{session.pk}:{key}", now=now, **facts)


def _came_back(session: Session, *, mailbox: str) -> bool:
    left = OutboxMessage.objects.filter(session=session, mailbox=mailbox, status__in=MAY_HAVE_LEFT)
    arrivals = set(left.values_list("arrival", flat=True))
    return bool(arrivals) and arrivals <= {Arrival.BOUNCED, Arrival.REJECTED}


def _file(participant: Participant, kind: MessageKind, *, key: object, now: datetime, **facts: Any) -> OutboxMessage:
    """To somebody on the mailbox who is confirmed still, if there is one: the file holds the sessions of all of them."""
    people = participant.meeting.participants.filter(mailbox=participant.mailbox, status=Status.CONFIRMED).order_by("pk")
    recipient = participant if participant.status == Status.CONFIRMED else people.first() or participant
    return message_to(recipient, MessageKind.CALENDAR_FILE, key=f"{participant.pk}:{kind}:{key}", now=now, **facts)


def _others(participant: Participant, *, session: Session) -> Iterator[Participant]:
    if session.is_cancelled:
        return iter(())
    people = session.participants.filter(mailbox=participant.mailbox, status=Status.CONFIRMED).exclude(pk=participant.pk)
    return people.order_by("pk").iterator()
