"""What is owed to whom: every mail starts as a row written in the transaction of the operation that owes it."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from registrations.details import FocalPoint
from registrations.enums import MessageKind
from registrations.models import Delegation, HistoryEntry, Meeting, OutboxMessage, Participant, Session, Submission
from registrations.rules.digests import is_news, window_at


def message_to(
    participant: Participant, kind: MessageKind, *, key: str, now: datetime, session: Session | None = None, **facts: Any
) -> OutboxMessage:
    """An unsaved message to a participant in their language, owed once under `key`."""
    return OutboxMessage(
        meeting_id=participant.meeting_id,
        kind=kind,
        participant=participant,
        session=session,
        recipient_name=participant.full_name,
        recipient_email=participant.email,
        language=participant.language,
        facts=facts,
        unique_key=f"{kind}:{key}",
        due_at=now,
        created_at=now,
    )


def summary_of(submission: Submission, *, meeting_id: int, focal_point: FocalPoint, now: datetime) -> OutboxMessage:
    """An unsaved message that lists everybody of one sign-up form to the focal point who sent it."""
    return OutboxMessage(
        meeting_id=meeting_id,
        kind=MessageKind.SUMMARY,
        submission=submission,
        recipient_name=focal_point.name,
        recipient_email=focal_point.email,
        language=focal_point.language,
        unique_key=f"{MessageKind.SUMMARY}:{submission.form_id}",
        due_at=now,
        created_at=now,
    )


def message_of_delegation(delegation: Delegation, kind: MessageKind, *, recipient: FocalPoint, key: str, now: datetime) -> OutboxMessage:
    """An unsaved message to the delegation's focal point, or to the one before, owed once under `key`."""
    return OutboxMessage(
        meeting_id=delegation.type.meeting_id,
        kind=kind,
        delegation=delegation,
        recipient_name=recipient.name,
        recipient_email=recipient.email,
        language=recipient.language,
        unique_key=f"{kind}:{key}",
        due_at=now,
        created_at=now,
    )


def links_of(meeting: Meeting, *, recipient: FocalPoint, key: str, now: datetime) -> OutboxMessage:
    """An unsaved message with every link of the recipient's mailbox at the meeting, owed once under `key`."""
    return OutboxMessage(
        meeting=meeting,
        kind=MessageKind.LINKS,
        recipient_name=recipient.name,
        recipient_email=recipient.email,
        language=recipient.language,
        unique_key=f"{MessageKind.LINKS}:{key}",
        due_at=now,
        created_at=now,
    )


def digest_of(entries: Iterable[HistoryEntry], *, delegation: Delegation, meeting_id: int, now: datetime) -> list[OutboxMessage]:
    """The unsaved digest of the hour around `now` if there is news for the focal point among the entries: owed once an hour."""
    if not delegation.focal_point_mailbox or not any(is_news(entry, delegation=delegation) for entry in entries):
        return []
    window = window_at(now)
    digest = OutboxMessage(
        meeting_id=meeting_id,
        kind=MessageKind.DIGEST,
        delegation=delegation,
        recipient_name=delegation.focal_point_name,
        recipient_email=delegation.focal_point_email,
        language=delegation.focal_point_language,
        facts={"starts_at": window.starts_at.isoformat(), "ends_at": window.ends_at.isoformat()},
        unique_key=f"{MessageKind.DIGEST}:{delegation.pk}:{window.starts_at:%Y-%m-%dT%H}",
        due_at=window.due_at,
        created_at=window.due_at,
    )
    return [digest]


def enqueue(messages: Iterable[OutboxMessage]) -> None:
    """Owe the messages from the commit of the current transaction on, in their order; one owed already under its key is not owed twice."""
    OutboxMessage.objects.bulk_create([_in_turn(message, turn) for turn, message in enumerate(messages)], ignore_conflicts=True)


def _in_turn(message: OutboxMessage, turn: int) -> OutboxMessage:
    """The message, due a moment after those before it, so that the first session's mail leaves first."""
    message.due_at += timedelta(microseconds=turn)
    return message
