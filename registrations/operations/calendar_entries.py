"""Owe the mails that keep a mailbox's calendar true. Called inside the transaction that changes who attends what."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from registrations.enums import MessageKind, Status
from registrations.models import OutboxMessage, Participant, ProgrammeVersion, Session
from registrations.outbox import enqueue, message_to


def owe_invitations(participant: Participant, *, sessions: Iterable[Session], key: object, now: datetime) -> None:
    """Owe one invitation a session; `key` tells this occasion from others."""
    enqueue(invitation(participant, session=session, key=key, now=now) for session in sessions)


def owe_cancellations(participant: Participant, *, sessions: Iterable[Session], because: str, key: object, now: datetime) -> None:
    """Owe a cancellation for each session, or an update where somebody else on the same mailbox still attends it.

    `because` is "withdrawn", "declined", "substituted", "session dropped" or "mailbox changed". Call it once the participant no longer counts.
    """
    enqueue(_farewell(participant, session=session, because=because, key=key, now=now) for session in sessions)


def owe_changes(session: Session, *, version: ProgrammeVersion, now: datetime) -> Counter[MessageKind]:
    """Owe each mailbox of those confirmed an update, or a cancellation where the session is cancelled; how many of each.

    Two statements, whatever their number. Nothing is told of a session that is over.
    """
    if session.ends_at <= now:
        return Counter()
    people = session.participants.filter(status=Status.CONFIRMED, erased_at=None).order_by("-pk")
    first_on_mailbox = {person.mailbox: person for person in people}
    kind, because = (MessageKind.CANCELLATION, {"because": "session cancelled"}) if session.is_cancelled else (MessageKind.INVITATION, {})
    facts = {**because, "version": version.number}
    mails = [
        message_to(person, kind, session=session, key=f"{person.pk}:{session.pk}:version {version.pk}", now=now, **facts)
        for person in first_on_mailbox.values()
    ]
    enqueue(mails)
    return Counter(MessageKind(mail.kind) for mail in mails)


def invitation(participant: Participant, *, session: Session, key: object, now: datetime) -> OutboxMessage:
    """The unsaved invitation of the participant's mailbox to the session."""
    return message_to(participant, MessageKind.INVITATION, session=session, key=f"{participant.pk}:{session.pk}:{key}", now=now)


def _farewell(participant: Participant, *, session: Session, because: str, key: object, now: datetime) -> OutboxMessage:
    remaining = _others_on_mailbox(participant, session=session).first()
    if remaining:
        return invitation(remaining, session=session, key=key, now=now)
    return message_to(participant, MessageKind.CANCELLATION, session=session, key=f"{participant.pk}:{session.pk}:{key}", now=now, because=because)


def _others_on_mailbox(participant: Participant, *, session: Session) -> QuerySet[Participant]:
    return session.participants.filter(mailbox=participant.mailbox, status=Status.CONFIRMED).exclude(pk=participant.pk).order_by("pk")
