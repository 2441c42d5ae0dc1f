"""A meeting's programme as JSON, as it is published or would be."""

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

from django.conf import settings

from registrations.models import Meeting, ProgrammeItem, Session, Speaker


def state_of(meeting: Meeting) -> dict[str, Any]:
    """The published programme in the form of rules.programme_changes; four statements. The join link is a fingerprint only."""
    meeting = Meeting.objects.get(pk=meeting.pk)
    sessions = meeting.sessions.prefetch_related("items__speakers")
    return {"meeting": _meeting(meeting), "sessions": {str(session.pk): _session(session) for session in sessions}}


def first_published_starts(meeting: Meeting) -> dict[str, datetime]:
    """When each session was to begin as it was published first, by its pk as text; one statement."""
    first = meeting.programme_versions.order_by("number").values_list("programme", flat=True).first() or {}
    return {pk: datetime.fromisoformat(session["hours"][0]) for pk, session in first.get("sessions", {}).items()}


def fingerprint(state: dict[str, Any]) -> str:
    """Equal for equal states."""
    return hashlib.sha256(json.dumps(state, sort_keys=True).encode()).hexdigest()


def _meeting(meeting: Meeting) -> dict[str, Any]:
    texts = {name: _text(meeting, name) for name in ("title", "subtitle", "place", "introduction", "objectives")}
    room = hashlib.sha256(f"{settings.SECRET_KEY}{meeting.join_url}".encode()).hexdigest()[:16] if meeting.join_url else ""
    return {**texts, "programme_status": meeting.programme_status, "has_room": bool(room), "room": room}


def _session(session: Session) -> dict[str, Any]:
    return {
        "number": session.number,
        "title": _text(session, "title"),
        "hours": _hours(session.starts_at, session.ends_at),
        "is_cancelled": session.is_cancelled,
        "items": {str(item.pk): _item(item) for item in session.items.all()},
    }


def _item(item: ProgrammeItem) -> dict[str, Any]:
    return {
        "title": _text(item, "title"),
        "hours": _hours(item.starts_at, item.ends_at),
        "time_confirmed": item.time_confirmed,
        "description": _text(item, "description"),
        "speakers": [_speaker(speaker) for speaker in item.speakers.all()],
        "order": item.order,
    }


def _speaker(speaker: Speaker) -> dict[str, Any]:
    return {"name": speaker.name, **{name: _text(speaker, name) for name in ("honorific", "office", "country")}}


def _text(record: object, name: str) -> dict[str, str]:
    return {code: getattr(record, f"{name}_{code}") for code, _name in settings.LANGUAGES}


def _hours(starts_at: datetime, ends_at: datetime) -> list[str]:
    return [starts_at.astimezone(UTC).isoformat(), ends_at.astimezone(UTC).isoformat()]
