"""Whether a meeting takes registrations at a given moment."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class WindowState(StrEnum):
    """Where a moment lies with respect to a meeting's registration."""

    NOT_YET = "not yet"
    OPEN = "open"
    CLOSED = "closed"
    OVER = "over"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Window:
    """The state, and the date that belongs into the sentence about it.

    The date is when registration opens (NOT_YET), will close (OPEN) or closed (CLOSED), or when the meeting began (OVER) or would have
    begun (CANCELLED).
    """

    state: WindowState
    date: datetime | None

    @property
    def is_open(self) -> bool:
        return self.state == WindowState.OPEN


def registration_window(
    opens_at: datetime | None,
    closes_at: datetime | None,
    first_starts_at: datetime | None,
    last_ends_at: datetime | None,
    now: datetime,
    *,
    cancelled_starts_at: datetime | None = None,
) -> Window:
    """The window as it stands at `now`.

    Without `opens_at` it is open from the start, without `closes_at` until the last session ends. A meeting without sessions
    takes no registrations: there is nothing to attend. `first_starts_at` and `last_ends_at` are those of the sessions that take place; where
    all are cancelled, `cancelled_starts_at` is when the first of them was to begin.
    """
    if first_starts_at is None and cancelled_starts_at:
        return Window(WindowState.CANCELLED, cancelled_starts_at)
    if first_starts_at is None or last_ends_at is None:
        return Window(WindowState.NOT_YET, opens_at)
    if now >= last_ends_at:
        return Window(WindowState.OVER, first_starts_at)
    if opens_at and now < opens_at:
        return Window(WindowState.NOT_YET, opens_at)
    if closes_at and now >= closes_at:
        return Window(WindowState.CLOSED, closes_at)
    return Window(WindowState.OPEN, min(closes_at or last_ends_at, last_ends_at))


def takes_registrations(window: Window, *, is_organizer: bool) -> bool:
    """Whether somebody may be registered: by an organizer as long as there is anything to come, by others while it is open."""
    return window.state not in {WindowState.OVER, WindowState.CANCELLED} if is_organizer else window.is_open
