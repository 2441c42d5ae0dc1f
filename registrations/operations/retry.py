from datetime import datetime

from django.db import transaction

from registrations.enums import Delivery
from registrations.errors import NothingToSend
from registrations.models import OutboxMessage
from registrations.rules.retrying import is_given_up


@transaction.atomic
def retry(message: OutboxMessage, *, now: datetime) -> OutboxMessage:
    """Owe a message again, from now on, that failed or of which nobody knows whether it left. Raises NothingToSend for any other."""
    message = OutboxMessage.objects.select_for_update().get(pk=message.pk)
    if not is_given_up(Delivery(message.status), repeats=message.repeats):
        raise NothingToSend(name=message.recipient_name)
    message.status, message.due_at, message.attempts = Delivery.QUEUED, now, 0
    message.claimed_until, message.handed_over_at, message.arrival = None, None, ""
    message.save(update_fields=["status", "due_at", "attempts", "claimed_until", "handed_over_at", "arrival"])
    return message
