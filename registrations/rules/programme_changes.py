"""What differs between two states of a programme, and what each difference is worth.

A state is JSON: {"meeting": {field: value}, "sessions": {key: {field: value, "items": {key: {field: value}}}}}. Texts are {"en", "es"}, hours a
pair of ISO instants in UTC. `records` of one key are the same record.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

State = Mapping[str, Any]
_PARTICULARS = {"meeting": {"title", "place", "has_room"}, "session": {"title"}}
_NOT_SHOWN = {"items", "number", "order"}
_ONLY_THAT_IT_CHANGED = {"room"}


class Weight(StrEnum):
    """What those who attend need to know: when it takes place, what their entry is called and where; or the rest."""

    SCHEDULE = "schedule"
    PARTICULARS = "particulars"
    TEXT = "text"


@dataclass(frozen=True)
class Difference:
    """A field with its former and its present value; both None where only the fact is told."""

    name: str
    before: Any
    after: Any


@dataclass(frozen=True)
class Change:
    """What happened to one record. `session` is the number of its session, None for the meeting as a whole; `title` in both languages."""

    record: str
    session: int | None
    title: Mapping[str, str]
    what: str
    weight: Weight
    fields: tuple[Difference, ...] = field(default=())

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def changes_between(before: State, after: State) -> list[Change]:
    """The differences in the order of the programme: the meeting, then each session with its items."""
    return [*_of_meeting(before["meeting"], after["meeting"]), *_of_sessions(before["sessions"], after["sessions"])]


def weight_by_session(changes: list[Change]) -> dict[int, Weight]:
    """The weightiest change that concerns each session that has any; what concerns the meeting's title, place or room concerns them all."""
    order = list(Weight)
    found: dict[int, Weight] = {}
    for change in changes:
        if change.session is not None:
            found[change.session] = min(found.get(change.session, change.weight), change.weight, key=order.index)
    return found


def always_told(changes: list[Change]) -> set[int]:
    """The numbers of the sessions whose changes are told by mail whatever the organizer says."""
    return {number for number, weight in weight_by_session(changes).items() if weight == Weight.SCHEDULE}


def told_unless_unticked(changes: list[Change], *, numbers: Iterable[int]) -> set[int]:
    """Of all sessions those that are told unless the organizer decides otherwise: their entry is called otherwise, or takes place elsewhere."""
    if any(change.session is None and change.weight == Weight.PARTICULARS for change in changes):
        return set(numbers)
    return {number for number, weight in weight_by_session(changes).items() if weight != Weight.TEXT}


def concerned(changes: list[Change], *, numbers: Iterable[int]) -> set[int]:
    """Of all sessions those of which there is anything to tell."""
    return {*weight_by_session(changes), *told_unless_unticked(changes, numbers=numbers)}


def _of_meeting(before: State, after: State) -> Iterator[Change]:
    differences = _differences(before, after)
    if differences:
        yield Change("meeting", None, after["title"], "changed", _weight("meeting", differences), differences)


def _of_sessions(before: State, after: State) -> Iterator[Change]:
    for key in _in_order(before, after):
        former, present = before.get(key), after.get(key)
        record = after.get(key) or before[key]
        number, title = record["number"], record["title"]
        if former is None or present is None:
            yield Change("session", number, title, "added" if former is None else "removed", Weight.SCHEDULE, _hours_of(former, present))
            continue
        differences = _differences(former, present)
        what, differences = _what(differences)
        if differences or what != "changed":
            weight = Weight.SCHEDULE if what != "changed" else _weight("session", differences)
            yield Change("session", number, title, what, weight, differences)
        yield from _of_items(former["items"], present["items"], number=number)


def _of_items(before: State, after: State, *, number: int) -> Iterator[Change]:
    for key in _in_order(before, after):
        former, present = before.get(key), after.get(key)
        title = (after.get(key) or before[key])["title"]
        if former is None or present is None:
            yield Change("item", number, title, "added" if former is None else "removed", Weight.TEXT, _hours_of(former, present))
        elif differences := _differences(former, present):
            yield Change("item", number, title, "changed", Weight.TEXT, differences)


def _what(differences: tuple[Difference, ...]) -> tuple[str, tuple[Difference, ...]]:
    """Whether a session was cancelled or taken up again, and what else differs."""
    others = tuple(each for each in differences if each.name != "is_cancelled")
    if others == differences:
        return "changed", differences
    is_cancelled = next(each.after for each in differences if each.name == "is_cancelled")
    return "cancelled" if is_cancelled else "reinstated", others


def _weight(record: str, differences: tuple[Difference, ...]) -> Weight:
    names = {each.name for each in differences}
    if record == "session" and "hours" in names:
        return Weight.SCHEDULE
    return Weight.PARTICULARS if names & _PARTICULARS[record] else Weight.TEXT


def _differences(before: State, after: State) -> tuple[Difference, ...]:
    names = [name for name in after if name not in _NOT_SHOWN and before.get(name) != after[name]]
    return tuple(Difference(name, None, None) if name in _ONLY_THAT_IT_CHANGED else Difference(name, before.get(name), after[name]) for name in names)


def _hours_of(former: State | None, present: State | None) -> tuple[Difference, ...]:
    return (Difference("hours", former and former["hours"], present and present["hours"]),)


def _in_order(before: State, after: State) -> list[str]:
    """The keys of both in the order of their present or former hours."""
    return sorted({*before, *after}, key=lambda key: ((after.get(key) or before[key])["hours"], key))
