"""Whether somebody who signs up is in at once."""

from registrations.enums import Status


def seats_left(seats: int | None, *, taken: int) -> int | None:
    """How many more can be confirmed; None where the meeting sets no limit."""
    return None if seats is None else max(seats - taken, 0)


def admission(*, is_reviewed: bool, left: int | None) -> Status:
    """The status in which a registration begins. A reviewed one takes a seat only when it is confirmed."""
    if is_reviewed:
        return Status.PENDING
    return Status.WAITING if left == 0 else Status.CONFIRMED
