"""How a meeting's sessions reach calendars: an invitation for each, or one file of them all."""

from registrations.enums import CalendarDelivery
from registrations.errors import CalendarDeliveryFixed

_INVITATIONS_UP_TO = 3


def usual_delivery(*, sessions: int) -> CalendarDelivery:
    """What a meeting of so many sessions does unless it says otherwise."""
    return CalendarDelivery.INVITATIONS if sessions <= _INVITATIONS_UP_TO else CalendarDelivery.FILE


def check_delivery(chosen: str, *, kept: str, entries_sent: bool) -> None:
    """Raises CalendarDeliveryFixed where calendars would have to be led from one way to the other: they keep what they have and get a second."""
    if chosen != kept and entries_sent:
        raise CalendarDeliveryFixed
