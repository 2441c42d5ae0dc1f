"""How many can be confirmed: seats of the meeting, of each delegation type, and of each delegation."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Limit(StrEnum):
    """What is full, the narrowest first."""

    DELEGATION = "delegation"
    TYPE = "type"
    MEETING = "meeting"


def seats_left(seats: int | None, *, taken: int) -> int | None:
    """How many more fit under one limit; None where there is none."""
    return None if seats is None else max(seats - taken, 0)


@dataclass(frozen=True)
class TypeLimits:
    """The limits of one delegation type; None where there is none."""

    seats: int | None
    per_delegation: int | None


@dataclass
class Seating:
    """Who sits where. `taken` counts the confirmed by delegation type and delegation."""

    meeting: int | None
    types: Mapping[int, TypeLimits]
    taken: Counter[tuple[int, int]] = field(default_factory=Counter)

    def left(self, type_id: int, delegation_id: int) -> dict[Limit, int]:
        """The seats left under each limit that applies to the delegation; empty where nothing limits it."""
        limits = self.types[type_id]
        of_type = sum(count for (each, _delegation), count in self.taken.items() if each == type_id)
        left = {
            Limit.DELEGATION: seats_left(limits.per_delegation, taken=self.taken[type_id, delegation_id]),
            Limit.TYPE: seats_left(limits.seats, taken=of_type),
            Limit.MEETING: seats_left(self.meeting, taken=self.taken.total()),
        }
        return {limit: seats for limit, seats in left.items() if seats is not None}

    def full(self, type_id: int, delegation_id: int) -> Limit | None:
        """The narrowest limit that keeps the delegation's next person out, or None when there is a seat."""
        return next((limit for limit, left in self.left(type_id, delegation_id).items() if not left), None)

    def take(self, type_id: int, delegation_id: int) -> None:
        """One more is confirmed."""
        self.taken[type_id, delegation_id] += 1
