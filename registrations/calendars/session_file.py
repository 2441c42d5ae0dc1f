"""All sessions of one mailbox in one file to be imported, for meetings of many sessions.

It is put together of the last revisions of the mailbox's entries, each the bytes of one VEVENT, so that it repeats as they do.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from registrations.calendars.entries import attending, entry_of, farewell_of, invitation_of, last_that_left, revise, told_by
from registrations.calendars.invitation import new_file, publication_of, revocation_of
from registrations.enums import CalendarMethod
from registrations.models import Invitation, Meeting, Revision, Session


def publish_sessions(meeting: Meeting, *, mailbox: str, now: datetime) -> list[Revision]:
    """What is true of the mailbox's sessions now, one revision for each that is not over, in their order.

    Sessions that are attended, and those that are not attended any more and that the mailbox was told of.
    """
    sessions = meeting.sessions.filter(ends_at__gt=now).select_related("meeting")
    revisions = (_publish(session, mailbox=mailbox, now=now) for session in sessions)
    return [revision for revision in revisions if revision]


def file_of(revisions: Sequence[Revision], *, language: str) -> bytes:
    """The file that holds the events of all revisions; those that were erased are left out."""
    from icalendar import Calendar  # noqa: PLC0415  50 ms, needed by the mail worker only

    file = new_file(method=CalendarMethod.PUBLISH.value, language=language)
    for revision in revisions:
        if revision.ics:
            file.add_component(Calendar.from_ical(bytes(revision.ics)).walk("VEVENT")[0])
    return bytes(file.to_ical())


def _publish(session: Session, *, mailbox: str, now: datetime) -> Revision | None:
    people = attending(session, mailbox=mailbox)
    if people:
        invitation = invitation_of(session, mailbox=mailbox, created_at=now)
        return revise(invitation, entry_of(invitation, people), build=publication_of, method=CalendarMethod.PUBLISH, now=now)
    known = Invitation.objects.select_for_update().filter(session=session, mailbox=mailbox).first()
    return _revoke(known, session, now=now) if known else None


def _revoke(invitation: Invitation, session: Session, *, now: datetime) -> Revision | None:
    last = last_that_left(invitation)
    if last is None or is_revoked(last):
        return last
    told = told_by(last)
    return revise(invitation, farewell_of(session, told), build=revocation_of, method=CalendarMethod.PUBLISH, now=now) if told else None


def is_revoked(revision: Revision) -> bool:
    """Whether the published revision says that the session is not attended any more."""
    return b"\r\nSTATUS:CANCELLED\r\n" in bytes(revision.ics)
