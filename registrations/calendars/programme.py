"""The public programme as a download and a feed (RFC 5545, RFC 7986)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import override

from registrations.calendars.items import items_of
from registrations.calendars.publishing import publication, published
from registrations.calendars.texts import cleaned_feed_name, cleaned_line
from registrations.links import programme_url
from registrations.models import Meeting, Session
from registrations.queries.clocks import session_faces
from registrations.rules.bilingual import wording_of

if TYPE_CHECKING:
    from icalendar import Calendar, Event

_HOURLY = timedelta(hours=1)


def programme_calendar(meeting: Meeting, *, language: str) -> bytes:
    """All sessions with their items, in one language; equal bytes as long as the meeting's `version` stays.

    The UIDs are public and have nothing to do with those of the invitations. There is no CREATED: nobody records it.
    """
    file = publication(language=language)
    _add_feed_properties(file, meeting, language=language)
    for session in meeting.sessions.select_related("meeting").prefetch_related("meeting__clocks", "items"):
        file.add_component(_event(session, language=language))
    return bytes(file.to_ical())


def _add_feed_properties(file: Calendar, meeting: Meeting, *, language: str) -> None:
    from icalendar import vText, vUri  # noqa: PLC0415  50 ms, not needed to start

    address = programme_url(meeting, language=language)
    title, subtitle = wording_of(meeting, "title", language=language).text, wording_of(meeting, "subtitle", language=language).text
    file.add("name", vText(cleaned_line(title), params={"LANGUAGE": language}))
    file.add("x-wr-calname", cleaned_feed_name(title))
    if subtitle:
        file.add("description", cleaned_line(subtitle), parameters={"LANGUAGE": language})
        file.add("x-wr-caldesc", cleaned_feed_name(subtitle))
    file.add("color", "midnightblue")
    file.add("url", address)
    file.add("source", vUri(f"{address}programme.ics", params={"VALUE": "URI"}))
    file.add("refresh-interval", _HOURLY, parameters={"VALUE": "DURATION"})
    file.add("x-published-ttl", "PT1H")


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
