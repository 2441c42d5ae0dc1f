"""The history on the page of a record, in the words of whoever reads it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from registrations.admin.meeting_time import incoming_time
from registrations.enums import Door, Status
from registrations.models import HistoryEntry, Meeting
from registrations.queries.edit_words import edit_lines
from registrations.queries.history import actor_words, event_words, more_words


@dataclass(frozen=True)
class HistoryLine:
    """What happened, who did it and through which door, the status afterwards, and the fields or the reason that belong to it."""

    at: str
    event: Any
    actor: Any
    door: Any
    status: Any
    more: str


def history_lines(entries: Iterable[HistoryEntry], *, meeting: Meeting | None) -> Iterator[HistoryLine]:
    """The entries in words, on the meeting's clock or in UTC."""
    for entry in entries:
        status = Status(entry.status).label if entry.status in Status.values else entry.status
        event, actor = event_words(entry.event), actor_words(entry.actor)
        door = Door(entry.door).label if entry.door in Door.values else ""
        yield HistoryLine(incoming_time(entry.at, meeting), event, actor, door, status, _more(entry, meeting))


def _more(entry: HistoryEntry, meeting: Meeting | None) -> str:
    """Of a changed record what it is, unless the page shows the record itself, and its fields before and after."""
    words = more_words(entry.facts, meeting=meeting)
    if "record" not in entry.facts:
        return words
    changes = "; ".join(f"{line.field}: {line.before} → {line.after}" for line in edit_lines(entry.facts, meeting=meeting))
    if entry.entity_id and changes:
        return changes
    return f"{words} ({changes})" if changes else words
