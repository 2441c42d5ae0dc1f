"""A meeting as schema.org tells it to search engines and assistants (https://schema.org/Event)."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from registrations.links import programme_url
from registrations.models import Host, Meeting
from registrations.queries.programme import Programme, SessionEntry
from registrations.queries.programme_state import first_published_starts
from registrations.rules.bilingual import wording_of


def event_data(programme: Programme) -> dict[str, Any]:
    """The meeting as an Event with a subEvent for each session, in the programme's language, for JSON-LD; one statement.

    Instants are in UTC. A session that was published for another hour first is rescheduled. There is no way to join in it.
    """
    meeting, starts = programme.meeting, first_published_starts(programme.meeting)
    sessions = [_session(entry, meeting, first=starts.get(str(entry.session.pk))) for entry in programme.sessions]
    takes_place = [session for session in sessions if session["eventStatus"] != _status("Cancelled")] or sessions
    return {
        "@context": "https://schema.org",
        **_event(meeting, language=programme.language),
        "description": _text(meeting, "subtitle", programme),
        "startDate": min((session["startDate"] for session in takes_place), default=None),
        "endDate": max((session["endDate"] for session in takes_place), default=None),
        "eventStatus": _status_of_all(sessions),
        "organizer": _hosts(programme.organizers, programme),
        "funder": _hosts(programme.funders, programme),
        "subEvent": sessions,
    }


def _session(entry: SessionEntry, meeting: Meeting, *, first: datetime | None) -> dict[str, Any]:
    session = entry.session
    moved = {"previousStartDate": _instant(first)} if first and first != session.starts_at else {}
    name = "Cancelled" if session.is_cancelled else "Rescheduled" if moved else "Scheduled"
    url = f"{programme_url(meeting, language=entry.language)}#session-{session.number}"
    hours = {"startDate": _instant(session.starts_at), "endDate": _instant(session.ends_at)}
    title = wording_of(session, "title", language=entry.language).text
    return {**_event(meeting, language=entry.language), "name": title, "url": url, **hours, "eventStatus": _status(name), **moved}


def _event(meeting: Meeting, *, language: str) -> dict[str, Any]:
    url, place = programme_url(meeting, language=language), wording_of(meeting, "place", language=language).text
    online = {"@type": "VirtualLocation", "name": place, "url": url}
    mode = {"eventAttendanceMode": "https://schema.org/OnlineEventAttendanceMode"} if meeting.join_url else {}
    return {
        "@type": "Event",
        "name": wording_of(meeting, "title", language=language).text,
        "url": url,
        "inLanguage": language,
        **mode,
        "location": online if meeting.join_url else {"@type": "Place", "name": place, "address": place},
    }


def _status_of_all(sessions: Iterable[Mapping[str, Any]]) -> str:
    """That of the meeting: cancelled with all of its sessions, moved with any of those that take place."""
    found = {session["eventStatus"] for session in sessions}
    if found == {_status("Cancelled")}:
        return _status("Cancelled")
    return _status("Rescheduled") if _status("Rescheduled") in found else _status("Scheduled")


def _hosts(hosts: Iterable[Host], programme: Programme) -> list[dict[str, str]]:
    return [{"@type": "Organization", "name": _text(host, "name", programme)} for host in hosts]


def _text(record: Meeting | Host, field: str, programme: Programme) -> str:
    return wording_of(record, field, language=programme.language).text


def _status(name: str) -> str:
    return f"https://schema.org/Event{name}"


def _instant(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
