"""A participant's history in the words of whoever reads it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from registrations.admin.meeting_time import meeting_time
from registrations.details import CALENDAR, FOCAL_POINT, PARTICIPANT, PUBLIC, SYSTEM
from registrations.enums import Status
from registrations.models import HistoryEntry, Meeting
from registrations.queries.history import event_words, more_words

_ACTORS: dict[str, Any] = {
    PUBLIC.label: _("sign-up form"),
    PARTICIPANT.label: _("the participant"),
    FOCAL_POINT.label: _("the focal point"),
    SYSTEM.label: _("automatic"),
    CALENDAR.label: _("the participant’s calendar"),
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
        event, actor = event_words(entry.event), actor_words(entry.actor)
        yield HistoryLine(meeting_time(entry.at, meeting), event, actor, status, more_words(entry.facts, meeting=meeting))


def actor_words(label: str) -> Any:
    """Who did something: an organizer by name, anybody else by what they are."""
    return _ACTORS.get(label, label)
