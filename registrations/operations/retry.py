"""Try again to send a mail that did not leave, or may not have."""

from datetime import datetime
from typing import Any

from django.db import transaction

from registrations.details import Actor
from registrations.enums import Delivery
from registrations.errors import NothingToSend
from registrations.models import OutboxMessage
from registrations.operations.status import record, record_of_delegation, record_of_meeting
from registrations.rules.retrying import is_given_up


@transaction.atomic
def retry(message: OutboxMessage, *, actor: Actor, now: datetime) -> OutboxMessage:
    """Owe a message again, from now on, that failed or of which nobody knows whether it left. Raises NothingToSend for any other."""
    message = OutboxMessage.objects.select_for_update(of=("self",)).select_related("meeting", "participant", "delegation__type").get(pk=message.pk)
    if not is_given_up(Delivery(message.status), repeats=message.repeats):
        raise NothingToSend(name=message.recipient_name)
    message.status, message.due_at, message.attempts = Delivery.QUEUED, now, 0
    message.claimed_until, message.handed_over_at, message.arrival = None, None, ""
    message.save(update_fields=["status", "due_at", "attempts", "claimed_until", "handed_over_at", "arrival"])
    _tell(message, actor=actor, now=now)
    return message


def _tell(message: OutboxMessage, *, actor: Actor, now: datetime) -> None:
    """In the history of whom the mail is about; the mail itself knows to whom it goes."""
    told: dict[str, Any] = {"event": "try again", "actor": actor, "now": now, "mail": message.kind}
    if message.participant:
        record(message.participant, **told)
    elif message.delegation:
        record_of_delegation(message.delegation, **told)
    else:
        record_of_meeting(message.meeting, **told)
