"""Mails that carry a calendar entry, one session each. Each function gives the letter, or None when it is no longer needed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from registrations.calendars.entries import attending, cancel, invite
from registrations.enums import CalendarMethod, Delivery, Status
from registrations.mail.letter import Letter
from registrations.mail.notices import common, page_of
from registrations.models import OutboxMessage, Revision, Session
from registrations.queries.clocks import session_faces
from registrations.rules.bilingual import wording_of
from registrations.rules.clock_faces import ClockFace
from registrations.rules.dates import day_text, weekday_text


def invitation(message: OutboxMessage, *, now: datetime) -> Letter | None:
    """Everybody on the mailbox who is confirmed for the session, whichever of them the message was owed for."""
    session = _session(message)
    revision = invite(session, mailbox=message.mailbox, now=now)
    if revision is None:
        return None
    people = attending(session, mailbox=message.mailbox)
    sessions = _attended(message)
    place = {"number": sessions.index(session) + 1, "of": len(sessions)}
    context = {**common(message), **_when(session, language=message.language), **place, "is_update": _is_update(revision)}
    return Letter("invitation", {**context, "people": [page_of(person, language=message.language) for person in people]}, revision)


def cancellation(message: OutboxMessage, *, now: datetime) -> Letter | None:
    session = _session(message)
    revision = cancel(session, mailbox=message.mailbox, now=now)
    if revision is None:
        return None
    context = {**common(message), **_when(session, language=message.language)}
    because = message.facts["because"]
    return Letter("cancellation", {**context, "name": message.recipient_name, "because": because, "others": len(_attended(message))}, revision)


def first_sent(revision: Revision) -> OutboxMessage | None:
    """The mail that brought this invitation first, for the thread."""
    sent = OutboxMessage.objects.filter(revision__invitation=revision.invitation_id, status=Delivery.SENT)
    return sent.order_by("sent_at").first()


def _session(message: OutboxMessage) -> Session:
    if message.session is None:
        raise ValueError(f"message {message.pk} has no session")
    return message.session


def _attended(message: OutboxMessage) -> Sequence[Session]:
    """The sessions for which anybody on the mailbox is confirmed, in their order."""
    confirmed = message.meeting.sessions.filter(participants__mailbox=message.mailbox, participants__status=Status.CONFIRMED)
    return list(confirmed.distinct())


def _is_update(revision: Revision) -> bool:
    """Whether the mailbox has an earlier version of the entry in its calendar."""
    earlier = revision.invitation.revisions.filter(sequence__lt=revision.sequence, outbox__status=Delivery.SENT)
    last = earlier.order_by("sequence").last()
    return last is not None and last.method == CalendarMethod.REQUEST


def _when(session: Session, *, language: str) -> dict[str, Any]:
    faces: list[ClockFace] = session_faces(session, language=language)
    day = faces[0].start.date()
    return {
        "session": wording_of(session, "title", language=language).text,
        "date": weekday_text(day, language=language),
        "day": day_text(day, language=language),
        "faces": faces,
        "place": wording_of(session.meeting, "place", language=language).text,
    }
