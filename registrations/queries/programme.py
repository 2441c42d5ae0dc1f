"""The programme as a reader sees it: sessions and items with every hour on each of the meeting's clocks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property

from django.db.models import prefetch_related_objects

from registrations.enums import HostRole, ProgrammeStatus
from registrations.models import Host, Meeting, ProgrammeItem, Session, Speaker
from registrations.queries.clocks import clocks_of
from registrations.rules.bilingual import wording_of
from registrations.rules.clock_faces import ClockFace, ClockLabel, clock_faces, faces_text
from registrations.rules.dates import days_text, weekday_text
from registrations.rules.sessions import that_date_the_meeting
from registrations.rules.speakers import names_home


@dataclass(frozen=True)
class Span:
    """From when to when, as read on the clocks of one language."""

    starts_at: datetime
    ends_at: datetime
    faces: Sequence[ClockFace]

    @property
    def times(self) -> str:
        """E.g. "15:00-18:00 Geneva (GMT+1) · 09:00-12:00 Quito, Lima and Washington, D.C. (GMT-5)"."""
        return faces_text(self.faces)

    @property
    def starts(self) -> str:
        """The start in UTC, for a script."""
        return f"{self.starts_at.astimezone(UTC):%Y-%m-%dT%H:%MZ}"

    @property
    def ends(self) -> str:
        return f"{self.ends_at.astimezone(UTC):%Y-%m-%dT%H:%MZ}"

    @property
    def offsets(self) -> str:
        """The clocks' distances from UTC in minutes, for a script: "60 -300"."""
        return " ".join(str(int((face.start.utcoffset() or timedelta()).total_seconds()) // 60) for face in self.faces)


@dataclass(frozen=True)
class SpeakerEntry:
    """A speaker, and whether the country adds something to what the office says."""

    speaker: Speaker
    shows_country: bool


@dataclass(frozen=True)
class ItemEntry:
    item: ProgrammeItem
    span: Span
    speakers: Sequence[SpeakerEntry]


@dataclass(frozen=True)
class SessionEntry:
    session: Session
    span: Span
    items: Sequence[ItemEntry]
    language: str

    @property
    def date(self) -> str:
        """E.g. "Wednesday 10 February 2027": the day on the meeting's first clock."""
        return weekday_text(self.span.faces[0].start, language=self.language)


@dataclass(frozen=True)
class Occasion:
    """Days on which the clocks show the same hours."""

    days: str
    span: Span


@dataclass(frozen=True)
class Programme:
    meeting: Meeting
    sessions: Sequence[SessionEntry]
    language: str

    @property
    def is_provisional(self) -> bool:
        return self.meeting.programme_status == ProgrammeStatus.PROVISIONAL

    @cached_property
    def dating(self) -> list[SessionEntry]:
        """The sessions by which the meeting as a whole is dated."""
        dating = that_date_the_meeting(entry.session for entry in self.sessions)
        return [entry for entry in self.sessions if entry.session in dating]

    @cached_property
    def days(self) -> str:
        """E.g. "10 and 11 February 2027"."""
        return days_text(_days(self.dating), language=self.language)

    @cached_property
    def occasions(self) -> list[Occasion]:
        """The days of the meeting, those with the same hours taken together."""
        groups: dict[tuple[tuple[str, str], ...], list[SessionEntry]] = {}
        for entry in self.dating:
            groups.setdefault(tuple((face.hours, f"{face.label} {face.offset}") for face in entry.span.faces), []).append(entry)
        return [Occasion(days_text(_days(entries), language=self.language), entries[0].span) for entries in groups.values()]

    @cached_property
    def organizers(self) -> list[Host]:
        return [host for host in self.meeting.hosts.all() if host.role != HostRole.FUNDER]

    @cached_property
    def funders(self) -> list[Host]:
        return [host for host in self.meeting.hosts.all() if host.role == HostRole.FUNDER]


def programme(meeting: Meeting, *, language: str) -> Programme:
    """The meeting's programme in the language, in five statements whatever its length."""
    clocks = clocks_of(meeting)
    prefetch_related_objects([meeting], "hosts")
    sessions = meeting.sessions.prefetch_related("items__speakers")
    return Programme(meeting, [_session(session, clocks, language=language) for session in sessions], language)


def _session(session: Session, clocks: Sequence[ClockLabel], *, language: str) -> SessionEntry:
    items = [_item(item, clocks, language=language) for item in session.items.all()]
    return SessionEntry(session, _span(session, clocks, language=language), items, language)


def _item(item: ProgrammeItem, clocks: Sequence[ClockLabel], *, language: str) -> ItemEntry:
    speakers = [_speaker(speaker, language=language) for speaker in item.speakers.all()]
    return ItemEntry(item, _span(item, clocks, language=language), speakers)


def _speaker(speaker: Speaker, *, language: str) -> SpeakerEntry:
    office, country = (wording_of(speaker, field, language=language).text for field in ("office", "country"))
    return SpeakerEntry(speaker, bool(country) and not names_home(office, country=country))


def _span(record: Session | ProgrammeItem, clocks: Iterable[ClockLabel], *, language: str) -> Span:
    return Span(record.starts_at, record.ends_at, clock_faces(clocks, record.starts_at, record.ends_at, language=language))


def _days(entries: Iterable[SessionEntry]) -> list[date]:
    return [entry.span.faces[0].start.date() for entry in entries]
