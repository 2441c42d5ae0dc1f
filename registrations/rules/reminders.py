"""When somebody is reminded of a session."""

from collections.abc import Iterable
from datetime import datetime, timedelta


def is_timely(starts_at: datetime, *, minutes: int, offsets: Iterable[int], now: datetime) -> bool:
    """Whether the reminder of so many `minutes` before the session is to be sent at `now`, one of the meeting's `offsets`.

    One that is late, because nobody sent mail or the session was moved, is still useful until half of its time has passed or the
    next smaller one is due.
    """
    offsets = set(offsets)
    last = max([minutes // 2, *(offset for offset in offsets if offset < minutes)])
    return minutes in offsets and due_at(starts_at, minutes=minutes) <= now < due_at(starts_at, minutes=last)


def due_at(starts_at: datetime, *, minutes: int) -> datetime:
    """The moment so many minutes before the session."""
    return starts_at - timedelta(minutes=minutes)
