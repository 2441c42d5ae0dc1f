"""Whether somebody who signs up is in at once."""

from registrations.enums import Status
from registrations.rules.capacity import Limit


def admission(*, is_reviewed: bool, full: Limit | None) -> Status:
    """The status in which a registration begins. A reviewed one takes a seat only when it is confirmed."""
    if is_reviewed:
        return Status.PENDING
    return Status.WAITING if full else Status.CONFIRMED
