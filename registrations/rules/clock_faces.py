"""What each of a meeting's clocks shows while something takes place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.utils.translation import gettext, override

if TYPE_CHECKING:
    from registrations.models import Clock

_AND = re.compile(r",? (?:and|y|e) (?!.* (?:and|y|e) )")
_SPANISH_I_SOUND = re.compile(r"(?:i|í|hi(?![aeo]))", re.IGNORECASE)


@dataclass(frozen=True)
class ClockLabel:
    """The places that share one clock, and their IANA zones in the order of the places."""

    label_en: str
    label_es: str
    time_zones: tuple[str, ...]

    @classmethod
    def of(cls, clock: Clock) -> ClockLabel:
        return cls(clock.label_en, clock.label_es, tuple(clock.time_zones.split()))

    def text(self, language: str) -> str:
        """The label in the language, or in the other one if it has none."""
        return (self.label_es or self.label_en) if language == "es" else (self.label_en or self.label_es)


@dataclass(frozen=True)
class ClockFace:
    """One clock's reading: local start and end, and the days by which they differ from the first clock's start."""

    label: str
    offset: str
    start: datetime
    end: datetime
    start_day_shift: int
    end_day_shift: int
    language: str

    @property
    def hours(self) -> str:
        """E.g. "15:00-18:00", or "23:00-02:00 (+1 day)"."""
        with override(self.language):
            return f"{self.start:%H:%M}{_mark(self.start_day_shift)}-{self.end:%H:%M}{_mark(self.end_day_shift)}"

    @property
    def start_hour(self) -> str:
        """The start alone, e.g. "15:00"; a template's date filter would read it in another time zone."""
        return f"{self.start:%H:%M}"

    @property
    def text(self) -> str:
        """E.g. "15:00-18:00 Geneva (GMT+1)"."""
        return f"{self.hours} {self.label} ({self.offset})"


def clock_faces(clocks: Iterable[ClockLabel], starts_at: datetime, ends_at: datetime, *, language: str) -> list[ClockFace]:
    """The readings of all clocks in their order.

    A label whose zones disagree at the start is split into one face for each offset (Washington leaves Lima in March).
    The end is read on the same clock, even if that clock is changed in between.
    """
    readings = [(label, zone) for clock in clocks for label, zone in _split(clock, at=starts_at, language=language)]
    if not readings:
        return []
    first_day = starts_at.astimezone(readings[0][1]).date()
    return [_face(label, zone, starts_at, ends_at, first_day=first_day, language=language) for label, zone in readings]


def faces_text(faces: Iterable[ClockFace]) -> str:
    """All readings in one line."""
    return " · ".join(face.text for face in faces)


def joined(places: Sequence[str], *, language: str) -> str:
    """The places as a list in a sentence: "Quito and Lima", "Quito y Lima", "Quito e Iquitos"."""
    if len(places) < 2:
        return "".join(places)
    conjunction = "and"
    if language == "es":
        conjunction = "e" if _SPANISH_I_SOUND.match(places[-1]) else "y"
    return f"{', '.join(places[:-1])} {conjunction} {places[-1]}"


def offset_text(moment: datetime) -> str:
    """The distance of the moment's own time zone from Greenwich: "GMT+1", "GMT-5", "GMT+5:30", "GMT"."""
    offset = moment.utcoffset() or timedelta()
    hours, minutes = divmod(abs(int(offset.total_seconds())) // 60, 60)
    if not hours and not minutes:
        return "GMT"
    return f"GMT{'-' if offset < timedelta() else '+'}{hours}" + (f":{minutes:02}" if minutes else "")


def _split(clock: ClockLabel, *, at: datetime, language: str) -> list[tuple[str, ZoneInfo]]:
    zones = [ZoneInfo(name) for name in clock.time_zones]
    offsets = [at.astimezone(zone).utcoffset() for zone in zones]
    if len(set(offsets)) == 1:
        return [(clock.text(language), zones[0])]
    places = _places(clock, language=language)
    return [
        (joined([place for place, its in zip(places, offsets, strict=True) if its == offset], language=language), zones[offsets.index(offset)])
        for offset in dict.fromkeys(offsets)
    ]


def _places(clock: ClockLabel, *, language: str) -> list[str]:
    """One name for each zone: the label's own, or the cities of the IANA names where the label does not divide so."""
    *head, last = _AND.split(clock.text(language))
    places = [*", ".join(head).split(", "), last] if head else [last]
    if len(places) == len(clock.time_zones):
        return places
    return [name.rpartition("/")[2].replace("_", " ") for name in clock.time_zones]


def _face(label: str, zone: ZoneInfo, starts_at: datetime, ends_at: datetime, *, first_day: date, language: str) -> ClockFace:
    start, end = starts_at.astimezone(zone), ends_at.astimezone(zone)
    return ClockFace(
        label=label,
        offset=offset_text(start),
        start=start,
        end=end,
        start_day_shift=(start.date() - first_day).days,
        end_day_shift=(end.date() - first_day).days,
        language=language,
    )


def _mark(days: int) -> str:
    if not days:
        return ""
    if abs(days) > 1:
        return " (" + gettext("%(days)s days") % {"days": f"{days:+}"} + ")"
    return " (" + (gettext("+1 day") if days > 0 else gettext("previous day")) + ")"
