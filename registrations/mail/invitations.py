"""Mails that carry a calendar entry, one session each. Each function gives the letter, or None when it is no longer needed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q

from registrations.calendars.entries import attending, cancel, invite, read, that_left
from registrations.calendars.invitation import Entry
from registrations.enums import MAY_HAVE_LEFT, CalendarMethod, MessageKind, Status
from registrations.mail.letter import Letter
from registrations.mail.notices import common, page_of
from registrations.mail.whats_new import entry_changes, moved
from registrations.models import OutboxMessage, Revision, Session
from registrations.queries.clocks import session_faces
from registrations.rules.bilingual import wording_of
from registrations.rules.clock_faces import ClockFace
from registrations.rules.dates import day_text, weekday_text

_BECAUSE_CANCELLED = "session cancelled"


def invitation(message: OutboxMessage, *, now: datetime) -> Letter | None:
    """Everybody on the mailbox who is confirmed for the session, whichever of them the message was owed for.

    What another mail has told already is not sent once more, unless it was asked for: `facts["again"]`.
    """
    session = _session(message)
    revision = _repeated(message, now=now) if message.repeats else invite(session, mailbox=message.mailbox, now=now)
    if revision is None or (not message.facts.get("again") and _is_told(revision, by_other_than=message)):
        return None
    people = [page_of(person, language=message.language, answered_at=message.meeting) for person in attending(session, mailbox=message.mailbox)]
    sessions = attended(message)
    place = {"number": sessions.index(session) + 1, "of": len(sessions)}
    context = {**common(message), **when(session, language=message.language), **place, **_news(message, revision), "people": people}
    return Letter("invitation", context, (revision,))


def cancellation(message: OutboxMessage, *, now: datetime) -> Letter | None:
    """Where a cancelled session takes place after all, whatever else took it out of the calendar has a message of its own."""
    session, because = _session(message), message.facts["because"]
    if because == _BECAUSE_CANCELLED and not session.is_cancelled:
        return None
    revision = _repeated(message, now=now) if message.repeats else cancel(session, mailbox=message.mailbox, now=now)
    if revision is None:
        return None
    context = {**common(message), **when(session, language=message.language), "name": message.recipient_name, "because": because}
    others = [session_line(other, language=message.language) for other in attended(message) if other.ends_at > now]
    return Letter("cancellation", {**context, "others": others}, (revision,))


def attended(message: OutboxMessage) -> Sequence[Session]:
    """The sessions that take place and for which anybody on the mailbox is confirmed, in their order."""
    confirmed = message.meeting.sessions.filter(is_cancelled=False, participants__mailbox=message.mailbox, participants__status=Status.CONFIRMED)
    return list(confirmed.select_related("meeting").distinct())


def session_line(session: Session, *, language: str) -> dict[str, Any]:
    """A session as one of a list: title, date and the hours on all clocks."""
    told = when(session, language=language)
    return {name: told[name] for name in ("session", "date", "faces")}


def first_sent(revisions: Sequence[Revision]) -> OutboxMessage | None:
    """The mail that brought one of these entries first, for the thread."""
    entries = [revision.invitation_id for revision in revisions]
    bringing = OutboxMessage.objects.filter(Q(revision__invitation__in=entries) | Q(enclosed__invitation__in=entries))
    return bringing.filter(status__in=MAY_HAVE_LEFT).order_by("created_at", "due_at").first()


def _session(message: OutboxMessage) -> Session:
    if message.session is None:
        raise ValueError(f"message {message.pk} has no session")
    return message.session


def _repeated(message: OutboxMessage, *, now: datetime) -> Revision | None:
    """The very same entry for a mail that may have left already, even if a later one is owed; None where the person has come or gone since."""
    session, revision = _session(message), message.revision
    if revision is None or not revision.ics or session.ends_at <= now:
        return None
    is_request = revision.method == CalendarMethod.REQUEST
    return revision if is_request == bool(attending(session, mailbox=message.mailbox)) else None


def _is_told(revision: Revision, *, by_other_than: OutboxMessage) -> bool:
    return revision.outbox.filter(status__in=MAY_HAVE_LEFT).exclude(pk=by_other_than.pk).exists()


def _news(message: OutboxMessage, revision: Revision) -> dict[str, Any]:
    """What the mailbox is told that it did not know: all of it, or what has changed in the entry that its calendar has."""
    earlier = that_left(revision.invitation).filter(sequence__lt=revision.sequence).last()
    before, after = read(earlier) if earlier else None, read(revision)
    is_update = earlier is not None and earlier.method == CalendarMethod.REQUEST
    news: dict[str, Any] = {"is_update": is_update, "is_reinstated": _is_reinstated(earlier), "is_asked": after is not None and after.answer_is_due}
    return news | (_changes(message, before, after) if is_update and before and after else {"moved": "", "changes": []})


def _changes(message: OutboxMessage, before: Entry, after: Entry) -> dict[str, Any]:
    compared: dict[str, Any] = {"meeting": message.meeting, "language": message.language}
    return {"moved": moved(before, after, **compared), "changes": entry_changes(before, after, **compared)}


def _is_reinstated(earlier: Revision | None) -> bool:
    """Whether the mailbox was told that the session is cancelled."""
    if earlier is None or earlier.method != CalendarMethod.CANCEL:
        return False
    farewells = earlier.outbox.filter(kind=MessageKind.CANCELLATION, status__in=MAY_HAVE_LEFT)
    return farewells.filter(facts__because=_BECAUSE_CANCELLED).exists()


def when(session: Session, *, language: str) -> dict[str, Any]:
    """What a letter is filled with to say when and where a session takes place."""
    faces: list[ClockFace] = session_faces(session, language=language)
    day = faces[0].start.date()
    return {
        "session": wording_of(session, "title", language=language).text,
        "date": weekday_text(day, language=language),
        "day": day_text(day, language=language),
        "faces": faces,
        "place": wording_of(session.meeting, "place", language=language).text,
    }
