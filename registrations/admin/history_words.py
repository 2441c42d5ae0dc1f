"""A participant's history in the words of whoever reads it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from registrations.admin.meeting_time import meeting_time
from registrations.details import FOCAL_POINT, PARTICIPANT, PUBLIC, SYSTEM
from registrations.enums import Status
from registrations.models import HistoryEntry, Meeting
from registrations.queries.change_words import change_lines
from registrations.queries.history import EVENTS

_ACTORS: dict[str, Any] = {
    PUBLIC.label: _("sign-up form"),
    PARTICIPANT.label: _("the participant"),
    FOCAL_POINT.label: _("the focal point"),
    SYSTEM.label: _("automatic"),
}


@dataclass(frozen=True)
class HistoryLine:
    """What happened, who did it, the status afterwards, and the fields or the reason that belong to it."""

    at: str
    event: Any
    actor: Any
    status: Any
    more: str


def history_lines(entries: Iterable[HistoryEntry], *, meeting: Meeting) -> Iterator[HistoryLine]:
    """The entries in words, on the meeting's clock."""
    for entry in entries:
        status = Status(entry.status).label if entry.status in Status.values else entry.status
        event, actor = EVENTS.get(entry.event, entry.event), actor_words(entry.actor)
        yield HistoryLine(meeting_time(entry.at, meeting), event, actor, status, _more(entry.facts, meeting=meeting))


def actor_words(label: str) -> Any:
    """Who did something: an organizer by name, anybody else by what they are."""
    return _ACTORS.get(label, label)


def _more(facts: dict[str, Any], *, meeting: Meeting) -> str:
    if "changes" in facts:
        return "; ".join(f"{line.field}: {line.before} → {line.after}" for line in change_lines(facts["changes"], meeting=meeting))
    return str(facts.get("reason", facts.get("note", "")))
