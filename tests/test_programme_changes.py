"""What differs between two states of a programme, and what it is worth."""

from copy import deepcopy
from typing import Any

import pytest

from registrations.rules.programme_changes import Weight, always_told, changes_between, concerned, told_unless_unticked, weight_by_session

HOURS = ["2027-02-10T14:00:00+00:00", "2027-02-10T17:00:00+00:00"]
LATER = ["2027-02-10T15:00:00+00:00", "2027-02-10T18:00:00+00:00"]
OPENING = {"title": {"en": "Opening", "es": "Apertura"}, "hours": HOURS, "time_confirmed": False, "description": {}, "speakers": [], "order": 1}
SESSION = {"number": 1, "title": {"en": "First", "es": "Primera"}, "hours": HOURS, "is_cancelled": False, "items": {"7": OPENING}}
MEETING = {"title": {"en": "Dialogue", "es": "Diálogo"}, "place": {"en": "Online", "es": "En línea"}, "has_room": True, "room": "a1"}
STATE = {"meeting": MEETING, "sessions": {"1": SESSION}}


def after(path: str, value: Any) -> dict[str, Any]:
    """The state with one value replaced; the path's keys are separated by slashes."""
    state = deepcopy(STATE)
    *way, last = path.split("/")
    part: Any = state
    for key in way:
        part = part[key]
    part[last] = value
    return state


@pytest.mark.parametrize(
    ("path", "value", "record", "what", "weight", "names"),
    [
        ("sessions/1/hours", LATER, "session", "changed", Weight.SCHEDULE, ["hours"]),
        ("sessions/1/title", {"en": "One", "es": "Una"}, "session", "changed", Weight.PARTICULARS, ["title"]),
        ("sessions/1/is_cancelled", True, "session", "cancelled", Weight.SCHEDULE, []),
        ("sessions/1/items/7/hours", LATER, "item", "changed", Weight.TEXT, ["hours"]),
        ("sessions/1/items/7/speakers", [{"name": "Ana"}], "item", "changed", Weight.TEXT, ["speakers"]),
        ("sessions/1/items", {}, "item", "removed", Weight.TEXT, ["hours"]),
        ("sessions", {}, "session", "removed", Weight.SCHEDULE, ["hours"]),
        ("meeting/place", {"en": "Geneva", "es": "Ginebra"}, "meeting", "changed", Weight.PARTICULARS, ["place"]),
        ("meeting/has_room", False, "meeting", "changed", Weight.PARTICULARS, ["has_room"]),
        ("meeting/room", "b2", "meeting", "changed", Weight.TEXT, ["room"]),
    ],
)
def test_each_difference_has_its_weight(path: str, value: Any, record: str, what: str, weight: Weight, names: list[str]) -> None:
    [change] = changes_between(STATE, after(path, value))

    assert (change.record, change.what, change.weight, [each.name for each in change.fields]) == (record, what, weight, names)


def test_equal_states_differ_in_nothing_and_an_order_is_not_shown() -> None:
    assert changes_between(STATE, deepcopy(STATE)) == []
    assert changes_between(STATE, after("sessions/1/items/7/order", 2)) == []


def test_a_session_taken_up_again_and_moved_is_one_change() -> None:
    cancelled = after("sessions/1/is_cancelled", True)

    [change] = changes_between(cancelled, after("sessions/1/hours", LATER))

    assert (change.what, [(each.before, each.after) for each in change.fields]) == ("reinstated", [(HOURS, LATER)])


def test_of_a_room_only_the_fact_is_told() -> None:
    [change] = changes_between(STATE, after("meeting/room", "b2"))

    assert [(each.before, each.after) for each in change.fields] == [(None, None)]


def test_the_weightiest_change_counts_for_a_session() -> None:
    moved = after("sessions/1/hours", LATER)
    moved["sessions"]["1"]["items"]["7"]["speakers"] = [{"name": "Ana"}]

    assert weight_by_session(changes_between(STATE, moved)) == {1: Weight.SCHEDULE}


@pytest.mark.parametrize(
    ("path", "value", "always", "unless_unticked", "any_way"),
    [
        ("sessions/1/hours", LATER, {1}, {1}, {1}),
        ("sessions/1/title", {"en": "One", "es": "Una"}, set(), {1}, {1}),
        ("sessions/1/items", {}, set(), set(), {1}),
        ("meeting/title", {"en": "Talks", "es": "Conversaciones"}, set(), {1, 2}, {1, 2}),
        ("meeting/room", "b2", set(), set(), set()),
    ],
)
def test_which_sessions_are_told(path: str, value: Any, always: set[int], unless_unticked: set[int], any_way: set[int]) -> None:
    changes = changes_between(STATE, after(path, value))

    assert always_told(changes) == always
    assert told_unless_unticked(changes, numbers=[1, 2]) == unless_unticked
    assert concerned(changes, numbers=[1, 2]) == any_way
