"""What changed in a published programme, version by version, in the words of one language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from django.utils.translation import gettext, override

from registrations.models import Meeting, ProgrammeVersion
from registrations.queries.clocks import clocks_of
from registrations.queries.programme_words import ChangeWords, Line, described
from registrations.rules.bilingual import Wording, wording_of
from registrations.rules.clock_faces import ClockLabel


@dataclass(frozen=True)
class Part:
    """The meeting as a whole or one session: what became of it, and what changed in it and in its items. `happened` is "" where it stays."""

    heading: Wording
    happened: str
    lines: tuple[Line, ...]
    items: tuple[ChangeWords, ...]


@dataclass(frozen=True)
class VersionWords:
    """One published version; the first that was kept has no parts."""

    number: int
    published_at: datetime
    parts: tuple[Part, ...]

    @property
    def updated(self) -> str:
        """When it was published, by `rfc_3339`."""
        return rfc_3339(self.published_at)


def rfc_3339(moment: datetime) -> str:
    """The moment in UTC, for programs: "2027-01-20T10:00:00Z"."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def has_changed(meeting: Meeting) -> bool:
    """Whether the programme has changed since it was published first; one statement."""
    return meeting.programme_versions.filter(number__gt=1).exists()


def programme_history(meeting: Meeting, *, language: str) -> list[VersionWords]:
    """Every version, the newest first, with all hours on the meeting's clocks as they are now; three statements."""
    clocks = clocks_of(meeting)
    titles = {session.number: wording_of(session, "title", language=language) for session in meeting.sessions.all()}
    versions = meeting.programme_versions.defer("programme").order_by("-number")
    return [_version(version, clocks=clocks, titles=titles, language=language) for version in versions]


def _version(version: ProgrammeVersion, *, clocks: Sequence[ClockLabel], titles: Mapping[int, Wording], language: str) -> VersionWords:
    by_session = groupby(version.changes, key=lambda change: change["session"])
    parts = (_part(number, list(changes), clocks=clocks, titles=titles, language=language) for number, changes in by_session)
    return VersionWords(version.number, version.published_at, tuple(parts))


def _part(
    number: int | None, changes: Sequence[Mapping[str, Any]], *, clocks: Sequence[ClockLabel], titles: Mapping[int, Wording], language: str
) -> Part:
    """`changes` are in the order of rules.programme_changes: what happened to the session comes before its items."""
    first, *others = [described(change, clocks=clocks, language=language) for change in changes]
    if changes[0]["record"] != "item":
        return Part(first.heading, first.happened, first.lines, tuple(others))
    return Part(_title(number, titles, language=language), "", (), (first, *others))


def _title(number: int | None, titles: Mapping[int, Wording], *, language: str) -> Wording:
    """What the session is called now, or its number where it is no more."""
    with override(language):
        return titles.get(number or 0) or Wording(gettext("Session %(number)s") % {"number": number}, language)
