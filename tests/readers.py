"""Calendar files as ical.js and vobject read them, in one shape."""

import warnings
from datetime import UTC, datetime
from typing import Any

from tests import ical_js

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import vobject


def by_ical_js(ics: bytes) -> list[dict[str, Any]]:
    """Each VEVENT as {property: (value, parameters)}, a list of these for ATTENDEE and CONFERENCE."""
    return [{name: _pair_or_pairs(read) for name, read in event.items()} for event in ical_js.read(ics)["events"]]


def by_vobject(ics: bytes) -> list[dict[str, Any]]:
    """The same."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        [file] = list(vobject.readComponents(ics.decode()))
    return [{name: _of_vobject(name, lines) for name, lines in event.contents.items()} for event in file.vevent_list]


def _pair_or_pairs(read: Any) -> Any:
    return [_pair(each) for each in read] if isinstance(read, list) else _pair(read)


def _pair(read: dict[str, Any]) -> Any:
    return str(read["value"]), read.get("parameters", {})


def _of_vobject(name: str, lines: list[Any]) -> Any:
    pairs = [(_words(line.value), _parameters(line)) for line in lines]
    if name in {"attendee", "conference"}:
        return pairs
    [pair] = pairs
    return pair


def _words(value: Any) -> str:
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value


def _parameters(line: Any) -> dict[str, str]:
    """VALUE and the zone belong to the type, as ical.js has it."""
    own = {name: values for name, values in line.params.items() if name not in {"VALUE", "X-VOBJ-ORIGINAL-TZID"}}
    return {name.lower(): ",".join(values) for name, values in own.items()}
