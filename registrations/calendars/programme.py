"""The public programme as a download and a feed (RFC 5545, RFC 7986)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import override

from registrations.calendars.items import items_of
from registrations.calendars.publishing import feed, published
from registrations.links import programme_feed_url, programme_url
from registrations.models import Meeting, Session
from registrations.queries.clocks import session_faces
from registrations.rules.bilingual import wording_of

if TYPE_CHECKING:
    from icalendar import Event


def programme_calendar(meeting: Meeting, *, language: str, is_over: bool = False) -> bytes:
    """All sessions with their items, in one language; equal bytes as long as the meeting's `version` stays and it is not over.

    Cancelled sessions stay until then. The UIDs are public and have nothing to do with those of the invitations. There is no CREATED:
    nobody records it.
    """
    title, subtitle = (wording_of(meeting, field, language=language).text for field in ("title", "subtitle"))
    page, address = programme_url(meeting, language=language), programme_feed_url(meeting, language=language)
    file = feed(language=language, name=title, description=subtitle, page=page, address=address)
    sessions = meeting.sessions.exclude(is_cancelled=True) if is_over else meeting.sessions.all()
    for session in sessions.select_related("meeting").prefetch_related("meeting__clocks", "items__speakers"):
        file.add_component(_event(session, language=language))
    return bytes(file.to_ical())


def _event(session: Session, *, language: str) -> Event:
    meeting = session.meeting
    return published(
        session,
        uid=f"session-{session.pk}@{urlsplit(settings.SITE_URL).hostname}",
        language=language,
        sequence=meeting.version,
        changed_at=meeting.changed_at,
        description=_description(session, language=language),
        location=wording_of(meeting, "place", language=language).text,
    )


def _description(session: Session, *, language: str) -> str:
    context = {"faces": session_faces(session, language=language), "items": items_of(session, language=language)}
    with override(language):
        return render_to_string("mail/calendar/programme.txt", context)
