"""The changes of a programme in the words of one language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from registrations.enums import ProgrammeStatus
from registrations.rules.bilingual import Wording, wording
from registrations.rules.clock_faces import ClockLabel, clock_faces
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
    """A label with the former and the present value, each without text where there is none."""

    label: str
    before: Wording
    after: Wording


@dataclass(frozen=True)
class ChangeWords:
    """`heading` names the record, `happened` what became of it as a whole ("" where only fields changed)."""

    session: int | None
    heading: Wording
    happened: str
    lines: tuple[Line, ...]


def described(change: Mapping[str, Any], *, clocks: Sequence[ClockLabel], language: str) -> ChangeWords:
    """A change as `Change.as_json` keeps it, with every hour on all clocks."""
    with override(language):
        heading = Wording(gettext("The meeting"), language) if change["record"] == "meeting" else _in(change["title"], language)
        lines = [_line(each, clocks=clocks, language=language) for each in change["fields"] if each["name"] in _LABELS]
        if _is_room_replaced(change["fields"]):
            replaced = Wording(gettext("replaced; the personal links lead to the new one"), language)
            lines.append(Line(gettext("Meeting room"), Wording("", language), replaced))
        return ChangeWords(change["session"], heading, str(_HAPPENED.get(change["what"], "")), tuple(lines))


def _is_room_replaced(differences: Sequence[Mapping[str, Any]]) -> bool:
    """Whether there was a room and is another: one that is new or gone is told as the link to join."""
    names = {each["name"] for each in differences}
    return "room" in names and "has_room" not in names


def _line(difference: Mapping[str, Any], *, clocks: Sequence[ClockLabel], language: str) -> Line:
    before, after = (_value(difference["name"], difference[when], clocks=clocks, language=language) for when in ("before", "after"))
    return Line(str(_LABELS[difference["name"]]), before, after)


def _value(name: str, value: Any, *, clocks: Sequence[ClockLabel], language: str) -> Wording:
    if isinstance(value, Mapping):
        return _in(value, language)
    return Wording("" if value is None else _text(name, value, clocks=clocks, language=language), language)


def _text(name: str, value: Any, *, clocks: Sequence[ClockLabel], language: str) -> str:
    if name == "hours":
        return _hours(value, clocks=clocks, language=language)
    if name == "speakers":
        return "; ".join(_speaker(speaker, language) for speaker in value)
    if name == "programme_status":
        return str(ProgrammeStatus(value).label)
    return gettext("yes") if value else gettext("no")


def _hours(value: Sequence[str], *, clocks: Sequence[ClockLabel], language: str) -> str:
    faces = clock_faces(clocks, *(datetime.fromisoformat(moment) for moment in value), language=language)
    return "\n".join([weekday_text(faces[0].start, language=language), *(face.text for face in faces)])


def _speaker(speaker: Mapping[str, Any], language: str) -> str:
    named = " ".join(filter(None, [_in(speaker["honorific"], language).text, speaker["name"]]))
    return ", ".join(filter(None, [named, _in(speaker["office"], language).text, _in(speaker["country"], language).text]))


def _in(text: Mapping[str, str], language: str) -> Wording:
    return wording(text["en"], text["es"], language=language)
