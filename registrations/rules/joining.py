"""When the way into the meeting room is open."""

from datetime import datetime, timedelta
from enum import StrEnum

from registrations.enums import Status
from registrations.models import Session


class Joining(StrEnum):
    TOO_EARLY = "too early"
    OPEN = "open"
    OVER = "over"
    CANCELLED = "cancelled"


def may_see_the_room(status: Status, *, join_url: str) -> bool:
    """Whether there is a way into a room to be shown: only to somebody confirmed, in no other status."""
    return bool(join_url) and status == Status.CONFIRMED


def joining_of(session: Session, *, now: datetime) -> Joining:
    """Whether one can join at `now`: from so many minutes before the session begins until it ends, unless it is cancelled."""
    if session.is_cancelled:
        return Joining.CANCELLED
    if now >= session.ends_at:
        return Joining.OVER
    return Joining.OPEN if now >= opens_at(session) else Joining.TOO_EARLY


def opens_at(session: Session) -> datetime:
    """The moment from which one can join."""
    return session.starts_at - timedelta(minutes=session.meeting.join_opens_minutes)
