"""What is owed to whom: every mail starts as a row written in the transaction of the operation that owes it."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings

from registrations.details import FocalPoint
from registrations.enums import MessageKind
from registrations.models import (
    Delegation,
    ExpectedDelegation,
    HistoryEntry,
    IncomingMessage,
    Letter,
    Meeting,
    OutboxMessage,
    Participant,
    Session,
    Submission,
)
from registrations.queries.expected import key_of
from registrations.queries.mailboxes import focal_point_of
from registrations.rules.bilingual import wording_of
from registrations.rules.digests import is_news, window_at


def message_to(
    participant: Participant, kind: MessageKind, *, key: str, now: datetime, session: Session | None = None, **facts: Any
) -> OutboxMessage:
    """An unsaved message to a participant in their language, owed once under `key`."""
    recipient = FocalPoint(name=participant.full_name, email=participant.email, language=participant.language)
    owed = {"participant": participant, "session": session, "facts": facts}
    return _message(kind, recipient=recipient, key=key, due_at=now, meeting_id=participant.meeting_id, **owed)


def letter_to(participant: Participant, letter: Letter, *, now: datetime) -> OutboxMessage:
    """An unsaved message with the letter to one participant, owed once, now or when the letter is due."""
    key = f"{letter.pk}:{participant.pk}"
    message = message_to(participant, MessageKind.LETTER, key=key, now=letter.due_at or now)
    message.letter, message.meeting = letter, letter.meeting
    return message


def trial_of(letter: Letter, *, recipient: FocalPoint, key: str, now: datetime) -> OutboxMessage:
    """An unsaved message that shows the letter to whoever writes it, about nobody in particular."""
    key = f"{letter.pk}:trial:{recipient.language}:{key}"
    return _message(MessageKind.LETTER, recipient=recipient, key=key, due_at=now, meeting_id=letter.meeting_id, letter=letter)


def summary_of(submission: Submission, *, meeting_id: int, focal_point: FocalPoint, now: datetime) -> OutboxMessage:
    """An unsaved message that lists everybody of one sign-up form to the focal point who sent it."""
    key = str(submission.form_id)
    return _message(MessageKind.SUMMARY, recipient=focal_point, key=key, due_at=now, meeting_id=meeting_id, submission=submission)


def message_of_delegation(delegation: Delegation, kind: MessageKind, *, recipient: FocalPoint, key: str, now: datetime) -> OutboxMessage:
    """An unsaved message to the delegation's focal point, or to the one before, owed once under `key`."""
    return _message(kind, recipient=recipient, key=key, due_at=now, meeting_id=delegation.type.meeting_id, delegation=delegation)


def links_of(meeting: Meeting, *, recipient: FocalPoint, key: str, now: datetime) -> OutboxMessage:
    """An unsaved message with every link of the recipient's mailbox at the meeting, owed once under `key`."""
    return _message(MessageKind.LINKS, recipient=recipient, key=key, due_at=now, meeting_id=meeting.pk)


def forwarded(letter: IncomingMessage, *, meeting: Meeting, now: datetime) -> OutboxMessage:
    """The unsaved message that passes a letter on to the meeting's secretariat, in English: its language is not known."""
    recipient = FocalPoint(name="", email=meeting.contact_email, language=settings.LANGUAGE_CODE)
    facts = {"letter": letter.pk}
    return _message(MessageKind.FORWARDED, recipient=recipient, key=str(letter.pk), due_at=now, meeting_id=meeting.pk, facts=facts)


def chase_of(expected: ExpectedDelegation, *, languages: Sequence[str], now: datetime) -> OutboxMessage:
    """The unsaved message that asks somebody expected to sign up, in these languages, owed once to a mission at its address."""
    name = wording_of(expected.entity, "name", language=languages[0]).text if expected.entity else expected.organization_name
    recipient = FocalPoint(name=name[:250], email=expected.contact_email, language=languages[0])
    facts = {"expected": expected.pk, "languages": list(languages)}
    meeting = {"meeting_id": expected.type.meeting_id}
    return _message(MessageKind.CHASE, recipient=recipient, key=key_of(expected), due_at=now, facts=facts, **meeting)


def digest_of(entries: Iterable[HistoryEntry], *, delegation: Delegation, meeting_id: int, now: datetime) -> list[OutboxMessage]:
    """The unsaved digest of the hour around `now` if there is news for the focal point among the entries: owed once an hour."""
    if not delegation.focal_point_mailbox or not any(is_news(entry, delegation=delegation) for entry in entries):
        return []
    window = window_at(now)
    key, facts = f"{delegation.pk}:{window.starts_at:%Y-%m-%dT%H}", {name: moment.isoformat() for name, moment in asdict(window).items()}
    recipient = focal_point_of(delegation)
    return [
        _message(MessageKind.DIGEST, recipient=recipient, key=key, due_at=window.due_at, meeting_id=meeting_id, delegation=delegation, facts=facts)
    ]


def enqueue(messages: Iterable[OutboxMessage]) -> None:
    """Owe the messages from the commit of the current transaction on, in their order; one owed already under its key is not owed twice."""
    OutboxMessage.objects.bulk_create([_in_turn(message, turn) for turn, message in enumerate(messages)], ignore_conflicts=True)


def _message(kind: MessageKind, *, recipient: FocalPoint, key: str, due_at: datetime, **columns: Any) -> OutboxMessage:
    return OutboxMessage(
        kind=kind,
        recipient_name=recipient.name,
        recipient_email=recipient.email,
        language=recipient.language,
        unique_key=f"{kind}:{key}",
        due_at=due_at,
        created_at=due_at,
        **columns,
    )


def _in_turn(message: OutboxMessage, turn: int) -> OutboxMessage:
    """The message, due a moment after those before it, so that the first session's mail leaves first."""
    message.due_at += timedelta(microseconds=turn)
    return message
