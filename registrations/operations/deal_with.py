"""Somebody at the desk has read a mail that came back, or puts it back."""

from datetime import datetime

from django.db import transaction

from registrations.details import Actor
from registrations.models import IncomingMessage
from registrations.operations.record_edits import record_edits
from registrations.queries.edits import edit
from registrations.rules.edits import differences


@transaction.atomic
def deal_with(message: IncomingMessage, *, actor: Actor, now: datetime) -> IncomingMessage:
    """Note who dealt with the message and when; whoever was first stays noted."""
    message = IncomingMessage.objects.select_for_update().get(pk=message.pk)
    if message.handled_at is None:
        message.handled_at, message.handled_by_id = now, actor.user_id
        message.save(update_fields=["handled_at", "handled_by"])
        _tell(message, "deal with", before=None, actor=actor, now=now)
    return message


@transaction.atomic
def put_back(message: IncomingMessage, *, actor: Actor, now: datetime) -> IncomingMessage:
    """Leave the message to be dealt with again."""
    message = IncomingMessage.objects.select_for_update().get(pk=message.pk)
    before = message.handled_at
    if before is not None:
        message.handled_at = message.handled_by = None
        message.save(update_fields=["handled_at", "handled_by"])
        _tell(message, "put back", before=before, actor=actor, now=now)
    return message


def _tell(message: IncomingMessage, event: str, *, before: datetime | None, actor: Actor, now: datetime) -> None:
    """By its kind: who wrote it, and what, stands on its own page and is erased there."""
    changes = differences({"handled_at": before}, {"handled_at": message.handled_at}, fields=["handled_at"])
    record_edits(message.meeting, [edit(event, message, changes)], actor=actor, now=now)
