"""The changes of a programme in the words of one language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from registrations.enums import ProgrammeStatus
from registrations.rules.bilingual import wording
from registrations.rules.clock_faces import ClockLabel, clock_faces, faces_text
from registrations.rules.dates import weekday_text

_LABELS: dict[str, Promise] = {
    "hours": _("Hours"),
    "title": _("Title"),
    "subtitle": _("Subtitle"),
    "place": _("Place"),
    "introduction": _("Introduction"),
    "objectives": _("Objectives"),
    "description": _("Description"),
    "speakers": _("Speakers"),
    "programme_status": _("Programme"),
    "time_confirmed": _("Hours confirmed"),
    "has_room": _("Link to join"),
}
_HAPPENED: dict[str, Promise] = {
    "added": _("New"),
    "removed": _("Removed"),
    "cancelled": _("Cancelled"),
    "reinstated": _("Takes place after all"),
}


@dataclass(frozen=True)
class Line:
    """A label with the former and the present value, each "" where there is none."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class ChangeWords:
    """`heading` names the record, `happened` what became of it as a whole ("" where only fields changed)."""

    session: int | None
    heading: str
    happened: str
    lines: tuple[Line, ...]


def described(change: Mapping[str, Any], *, clocks: Sequence[ClockLabel], language: str) -> ChangeWords:
    """A change as `Change.as_json` keeps it, with every hour on all clocks."""
    with override(language):
        heading = gettext("The meeting") if change["record"] == "meeting" else _in(change["title"], language)
        lines = [_line(each, clocks=clocks, language=language) for each in change["fields"] if each["name"] in _LABELS]
        if any(each["name"] == "room" for each in change["fields"]):
            lines.append(Line(gettext("Meeting room"), "", gettext("replaced; the personal links lead to the new one")))
        return ChangeWords(change["session"], heading, str(_HAPPENED.get(change["what"], "")), tuple(lines))


def _line(difference: Mapping[str, Any], *, clocks: Sequence[ClockLabel], language: str) -> Line:
    before, after = (_value(difference["name"], difference[when], clocks=clocks, language=language) for when in ("before", "after"))
    return Line(str(_LABELS[difference["name"]]), before, after)


def _value(name: str, value: Any, *, clocks: Sequence[ClockLabel], language: str) -> str:
    if value is None:
        return ""
    if name == "hours":
        return _hours(value, clocks=clocks, language=language)
    if name == "speakers":
        return "; ".join(_speaker(speaker, language) for speaker in value)
    if name == "programme_status":
        return str(ProgrammeStatus(value).label)
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    return _in(value, language)


def _hours(value: Sequence[str], *, clocks: Sequence[ClockLabel], language: str) -> str:
    faces = clock_faces(clocks, *(datetime.fromisoformat(moment) for moment in value), language=language)
    return f"{weekday_text(faces[0].start, language=language)}, {faces_text(faces)}"


def _speaker(speaker: Mapping[str, Any], language: str) -> str:
    named = " ".join(filter(None, [_in(speaker["honorific"], language), speaker["name"]]))
    return ", ".join(filter(None, [named, _in(speaker["office"], language), _in(speaker["country"], language)]))


def _in(text: Mapping[str, str], language: str) -> str:
    return wording(text["en"], text["es"], language=language).text
