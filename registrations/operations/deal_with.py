"""Somebody at the desk has read a mail that came back, or puts it back."""

from datetime import datetime

from django.db import transaction

from registrations.details import Actor
from registrations.models import IncomingMessage


@transaction.atomic
def deal_with(message: IncomingMessage, *, actor: Actor, now: datetime) -> IncomingMessage:
    """Note who dealt with the message and when; whoever was first stays noted."""
    message = IncomingMessage.objects.select_for_update().get(pk=message.pk)
    if message.handled_at is None:
        message.handled_at, message.handled_by_id = now, actor.user_id
        message.save(update_fields=["handled_at", "handled_by"])
    return message


@transaction.atomic
def put_back(message: IncomingMessage) -> IncomingMessage:
    """Leave the message to be dealt with again."""
    message = IncomingMessage.objects.select_for_update().get(pk=message.pk)
    message.handled_at = message.handled_by = None
    message.save(update_fields=["handled_at", "handled_by"])
    return message
