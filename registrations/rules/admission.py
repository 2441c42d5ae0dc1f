"""Whether somebody is in, waits or is refused: at sign-up, on coming back, and when an organizer confirms."""

from registrations.enums import Action, Status
from registrations.rules.capacity import Room
from registrations.rules.transitions import next_status


def admission(*, is_reviewed: bool, full: Room | None) -> Status:
    """The status in which a registration begins. A reviewed one takes a seat only when it is confirmed."""
    if is_reviewed:
        return Status.PENDING
    return Status.WAITING if full else Status.CONFIRMED


def refused_for(people: int, *, is_reviewed: bool, keeps_waiting_list: bool, tightest: Room | None) -> Room | None:
    """The limit for which so many people are refused as a whole, or None when they are taken in.

    Without a waiting list each needs a seat; those to be reviewed may be more than the seats, while there is one at all.
    """
    if keeps_waiting_list or tightest is None:
        return None
    needed = min(people, 1) if is_reviewed else people
    return tightest if tightest.left < needed else None


def may_wait(status: Status, *, keeps_waiting_list: bool) -> bool:
    """Whether somebody for whom there is no seat goes on the waiting list; if not, the registration stays as it is."""
    return keeps_waiting_list and next_status(status, Action.WAIT) is not None
