"""When the way into the meeting room is open."""

from datetime import datetime, timedelta
from enum import StrEnum


class Joining(StrEnum):
    TOO_EARLY = "too early"
    OPEN = "open"
    OVER = "over"


def joining(starts_at: datetime, ends_at: datetime, *, opens_minutes: int, now: datetime) -> Joining:
    """Whether one can join at `now`: from so many minutes before the session begins until it ends."""
    if now >= ends_at:
        return Joining.OVER
    return Joining.OPEN if now >= starts_at - timedelta(minutes=opens_minutes) else Joining.TOO_EARLY
