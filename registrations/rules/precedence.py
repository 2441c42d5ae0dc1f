"""The order of precedence inside a delegation."""

from collections.abc import Mapping, Sequence


def moved(order: Sequence[int], key: int, *, by: int) -> list[int]:
    """The order with `key` moved by so many places, up where `by` is negative; unchanged where it is not in it."""
    if key not in order:
        return list(order)
    others = [each for each in order if each != key]
    place = max(order.index(key) + by, 0)
    return [*others[:place], key, *others[place:]]


def placed(order: Sequence[int], places: Mapping[int, int]) -> list[int]:
    """The order after places, counted from 1, were typed in: whoever was moved up comes before the one whose place it was."""

    def turn(key: int) -> tuple[int, int, int]:
        present = order.index(key) + 1
        typed = places.get(key, present)
        return typed, (typed > present) - (typed < present), present

    return sorted(order, key=turn)
