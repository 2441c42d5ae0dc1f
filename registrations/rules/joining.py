"""When the way into the meeting room is open."""

from datetime import datetime, timedelta
from enum import StrEnum

from registrations.enums import Status


class Joining(StrEnum):
    TOO_EARLY = "too early"
    OPEN = "open"
    OVER = "over"


def may_see_the_room(status: Status, *, join_url: str) -> bool:
    """Whether there is a way into a room to be shown: only to somebody confirmed, in no other status."""
    return bool(join_url) and status == Status.CONFIRMED


def joining(starts_at: datetime, ends_at: datetime, *, opens_minutes: int, now: datetime) -> Joining:
    """Whether one can join at `now`: from so many minutes before the session begins until it ends."""
    if now >= ends_at:
        return Joining.OVER
    return Joining.OPEN if now >= starts_at - timedelta(minutes=opens_minutes) else Joining.TOO_EARLY
