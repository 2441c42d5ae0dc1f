"""The mails that carry calendar entries."""

from registrations.enums import Delivery, MessageKind
from registrations.models import Meeting, OutboxMessage

_KINDS = (MessageKind.INVITATION, MessageKind.CANCELLATION, MessageKind.CALENDAR_FILE)


def has_calendar_mails(meeting: Meeting) -> bool:
    """Whether a calendar entry of the meeting, which may be new, has been sent or may still be."""
    return meeting.pk is not None and OutboxMessage.objects.filter(meeting=meeting, kind__in=_KINDS).exclude(status=Delivery.SUPERSEDED).exists()
