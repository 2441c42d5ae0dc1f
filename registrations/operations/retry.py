from datetime import datetime

from registrations.enums import Delivery
from registrations.errors import NothingToSend
from registrations.models import OutboxMessage


def retry(message: OutboxMessage, *, now: datetime) -> OutboxMessage:
    """Owe a failed message again, from now on. Raises NothingToSend when it did not fail."""
    failed = OutboxMessage.objects.filter(pk=message.pk, status=Delivery.FAILED)
    if not failed.update(status=Delivery.QUEUED, due_at=now, claimed_until=None, attempts=0):
        raise NothingToSend(name=message.recipient_name)
    message.refresh_from_db()
    return message
