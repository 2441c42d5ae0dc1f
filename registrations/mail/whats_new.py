"""What differs between two versions of a calendar entry, in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import pgettext

from registrations.calendars.invitation import Entry
from registrations.models import Meeting
from registrations.queries.clocks import clocks_of
from registrations.rules.clock_faces import clock_faces
from registrations.rules.dates import weekday_text

Moved = Literal["", "date", "time"]


@dataclass(frozen=True)
class Change:
    """One thing that a calendar shows, before and now."""

    label: str
    before: str
    now: str


def entry_changes(before: Entry, after: Entry, *, meeting: Meeting, language: str) -> list[Change]:
    """Hours on all clocks, title and place where they differ; texts are compared within one language only."""
    return list(_changes(before, after, meeting=meeting, language=language))


def moved(before: Entry, after: Entry, *, meeting: Meeting, language: str) -> Moved:
    """Whether the entry has other hours, and whether even on another day of the meeting's first clock."""
    if (before.starts_at, before.ends_at) == (after.starts_at, after.ends_at):
        return ""
    days = [clock_faces(clocks_of(meeting), entry.starts_at, entry.ends_at, language=language)[0].start.date() for entry in (before, after)]
    return "time" if days[0] == days[1] else "date"


def _changes(before: Entry, after: Entry, *, meeting: Meeting, language: str) -> Iterator[Change]:
    if moved(before, after, meeting=meeting, language=language):
        yield Change(
            pgettext("label in a mail", "Time"), _hours(before, meeting=meeting, language=language), _hours(after, meeting=meeting, language=language)
        )
    if before.language != after.language:
        return
    if before.summary != after.summary:
        yield Change(pgettext("label in a mail", "Title"), before.summary, after.summary)
    if before.location != after.location:
        yield Change(pgettext("label in a mail", "Place"), before.location or "–", after.location or "–")


def _hours(entry: Entry, *, meeting: Meeting, language: str) -> str:
    faces = clock_faces(clocks_of(meeting), entry.starts_at, entry.ends_at, language=language)
    return f"{weekday_text(faces[0].start.date(), language=language)}, {'; '.join(face.text for face in faces)}"
