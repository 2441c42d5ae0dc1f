"""VEVENTs that are downloaded or subscribed to (METHOD:PUBLISH): no ATTENDEE and no way to join, whoever asks."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import override

from registrations.calendars.entries import cancelled_summary, summary_of
from registrations.calendars.invitation import add_texts, new_file, organizer_address
from registrations.calendars.sender import sender_address, sender_name
from registrations.calendars.texts import cleaned_feed_name, cleaned_line
from registrations.links import programme_url
from registrations.models import Session

if TYPE_CHECKING:
    from icalendar import Calendar, Event

_HOURLY = timedelta(hours=1)


def feed(*, language: str, name: str, description: str, page: str, address: str) -> Calendar:
    """An empty publication (RFC 5546 3.2.1) that calendars read again every hour (RFC 7986).

    It is shown under `name`; `page` is the address for people and `address` that of the file.
    """
    from icalendar import vText, vUri  # noqa: PLC0415  50 ms, not needed to start

    file = new_file(method="PUBLISH", language=language)
    file.add("name", vText(cleaned_line(name), params={"LANGUAGE": language}))
    file.add("x-wr-calname", cleaned_feed_name(name))
    if description:
        file.add("description", cleaned_line(description), parameters={"LANGUAGE": language})
        file.add("x-wr-caldesc", cleaned_feed_name(description))
    file.add("color", "midnightblue")
    file.add("url", page)
    file.add("source", vUri(address, params={"VALUE": "URI"}))
    file.add("refresh-interval", _HOURLY, parameters={"VALUE": "DURATION"})
    file.add("x-published-ttl", "PT1H")
    return file


def published(
    session: Session,
    *,
    uid: str,
    language: str,
    sequence: int,
    changed_at: datetime,
    description: str,
    location: str,
    organizer: str = "",
    created_at: datetime | None = None,
) -> Event:
    """One session as a VEVENT, cancelled where the session is; its bytes repeat as long as these values do."""
    from icalendar import Event  # noqa: PLC0415  50 ms, not needed to start

    event = Event.new(
        uid=uid,
        sequence=sequence,
        start=session.starts_at,
        end=session.ends_at,
        stamp=changed_at,
        last_modified=changed_at,
        created=created_at,
        url=programme_url(session.meeting, language=language),
    )
    add_texts(event, language=language, summary=_summary(session, language=language), description=description, location=location)
    name = sender_name(session.meeting, language=language)
    event.add("organizer", organizer_address(organizer or sender_address(), name=name, language=language))
    event.add("status", "CANCELLED" if session.is_cancelled else "CONFIRMED")
    return event


def _summary(session: Session, *, language: str) -> str:
    summary = summary_of(session, language=language)
    with override(language):
        return cancelled_summary(summary) if session.is_cancelled else summary
