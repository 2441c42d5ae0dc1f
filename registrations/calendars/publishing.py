"""VEVENTs that are downloaded or subscribed to (METHOD:PUBLISH): no ATTENDEE and no way to join, whoever asks."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import override

from registrations.calendars.entries import cancelled_summary, summary_of
from registrations.calendars.invitation import add_texts, new_file, organizer_address
from registrations.calendars.sender import sender_address, sender_name
from registrations.links import programme_url
from registrations.models import Session

if TYPE_CHECKING:
    from icalendar import Calendar, Event


def publication(*, language: str) -> Calendar:
    """An empty file that calendars take as a publication (RFC 5546 3.2.1)."""
    return new_file(method="PUBLISH", language=language)


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
