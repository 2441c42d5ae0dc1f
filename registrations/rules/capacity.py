"""How many can be confirmed: seats of the meeting, of each delegation type, and of each delegation."""

from collections import Counter
from dataclasses import dataclass, field

from registrations.enums import Limit

Place = tuple[int, int]
"""Delegation type and delegation."""


def seats_left(seats: int, *, taken: int) -> int:
    """How many more fit under one limit; a limit that was lowered leaves none, not less than none."""
    return max(seats - taken, 0)


@dataclass(frozen=True)
class TypeLimits:
    """The limits of one delegation type; None where there is none."""

    seats: int | None
    per_delegation: int | None

    @property
    def is_limited(self) -> bool:
        return self.seats is not None or self.per_delegation is not None


@dataclass(frozen=True)
class Room:
    """What one limit leaves: `left` of its `seats`."""

    limit: Limit
    seats: int
    left: int


@dataclass
class Seating:
    """Who sits where. `taken` counts the confirmed and `waiting` those on the waiting list, by type and delegation."""

    meeting: int | None
    types: dict[int, TypeLimits]
    taken: Counter[Place] = field(default_factory=Counter)
    waiting: Counter[Place] = field(default_factory=Counter)

    def rooms(self, place: Place) -> list[Room]:
        """What is left under each limit that applies to the delegation, the narrowest first; empty where nothing limits it."""
        limits = self.types[place[0]]
        sizes = {Limit.DELEGATION: limits.per_delegation, Limit.TYPE: limits.seats, Limit.MEETING: self.meeting}
        return [
            Room(limit, seats, seats_left(seats, taken=_under(limit, self.taken, place=place))) for limit, seats in sizes.items() if seats is not None
        ]

    def tightest(self, place: Place) -> Room | None:
        """The limit that leaves the fewest seats, the narrowest of several; None where nothing limits the delegation."""
        return min(self.rooms(place), key=lambda room: room.left, default=None)

    def full(self, place: Place) -> Room | None:
        """The narrowest limit that keeps the delegation's next person out, or None when there is a seat."""
        room = self.tightest(place)
        return None if room is None or room.left else room

    def take(self, place: Place) -> None:
        """One more is confirmed."""
        self.taken[place] += 1

    def queue(self, place: Place, *, limit: Limit) -> int:
        """One more waits for a seat under the limit; their place in that queue, from 1."""
        self.waiting[place] += 1
        return _under(limit, self.waiting, place=place)


def _under(limit: Limit, counts: Counter[Place], *, place: Place) -> int:
    """How many of those counted share the limit with the delegation."""
    match limit:
        case Limit.DELEGATION:
            return counts[place]
        case Limit.TYPE:
            return sum(count for (type_id, _delegation), count in counts.items() if type_id == place[0])
        case Limit.MEETING:
            return counts.total()
