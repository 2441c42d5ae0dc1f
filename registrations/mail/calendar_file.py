"""The mail with all sessions of a mailbox in one file to be imported."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from registrations.calendars.entries import attending, read, that_left
from registrations.calendars.invitation import Entry
from registrations.calendars.session_file import is_revoked, publish_sessions
from registrations.enums import MAY_HAVE_LEFT
from registrations.mail.invitations import attended, session_line
from registrations.mail.letter import Letter
from registrations.mail.notices import common, page_of
from registrations.mail.whats_new import entry_changes, moved
from registrations.models import OutboxMessage, Participant, Revision, Session


def calendar_file(message: OutboxMessage, *, now: datetime) -> Letter | None:
    """What is true of all sessions of the mailbox, and what of it is new; None when other mails have told all of it already.

    It is sent once more if that was asked for: `facts["again"]`.
    """
    revisions = publish_sessions(message.meeting, mailbox=message.mailbox, now=now)
    news = [revision for revision in revisions if not _is_told(revision, by_other_than=message)]
    if not revisions or not (news or message.facts.get("again")):
        return None
    sessions = [session for session in attended(message) if session.ends_at > now]
    context = {**common(message), **_headline(message, sessions, news), "name": message.recipient_name, "because": message.facts.get("because", "")}
    context |= {
        "sessions": [session_line(session, language=message.language) for session in sessions],
        "news": [_line(revision, message) for revision in news],
        "people": [page_of(person, language=message.language, answered_at=message.meeting) for person in _people(sessions, mailbox=message.mailbox)],
    }
    return Letter("calendar_file", context, tuple(revisions))


def _is_told(revision: Revision, *, by_other_than: OutboxMessage) -> bool:
    return revision.enclosed_in.filter(status__in=MAY_HAVE_LEFT).exclude(pk=by_other_than.pk).exists()


def _headline(message: OutboxMessage, sessions: Sequence[Session], news: Sequence[Revision]) -> dict[str, Any]:
    """Whether the mailbox has an earlier file, whether it has sessions still, and whether one of those has other hours."""
    earlier = OutboxMessage.objects.filter(meeting=message.meeting_id, mailbox=message.mailbox, kind=message.kind, status__in=MAY_HAVE_LEFT)
    is_update = earlier.exclude(pk=message.pk).exists() and not message.facts.get("again")
    return {"is_update": is_update, "is_over": not sessions, "is_moved": any(_is_moved(revision, message) for revision in news)}


def _line(revision: Revision, message: OutboxMessage) -> dict[str, Any]:
    """A session with what is new about it: cancelled, not attended any more, added, taken up again, or changed."""
    session, before, after = revision.invitation.session, _before(revision), read(revision)
    line = session_line(session, language=message.language)
    if is_revoked(revision):
        return line | {"state": "cancelled" if session.is_cancelled else "left"}
    if before is None or after is None:
        return line | {"state": "added"}
    return line | {"state": "changed", "changes": entry_changes(before, after, meeting=message.meeting, language=message.language)}


def _is_moved(revision: Revision, message: OutboxMessage) -> bool:
    before, after = _before(revision), read(revision)
    return bool(before and after and moved(before, after, meeting=message.meeting, language=message.language))


def _before(revision: Revision) -> Entry | None:
    """What the mailbox's calendar holds of the session; None where it was never told, or told that it is not attended."""
    earlier = that_left(revision.invitation).filter(sequence__lt=revision.sequence).last()
    return read(earlier) if earlier and not is_revoked(earlier) else None


def _people(sessions: Sequence[Session], *, mailbox: str) -> list[Participant]:
    people = {person.pk: person for session in sessions for person in attending(session, mailbox=mailbox)}
    return [people[key] for key in sorted(people)]
