"""Owe the mails that tell somebody where their registration stands."""

from datetime import datetime

from registrations.enums import MessageKind, Status
from registrations.models import Participant
from registrations.operations.calendar_entries import owe_invitations
from registrations.outbox import enqueue, message_to

_NOTICES = {Status.PENDING: MessageKind.RECEIVED, Status.WAITING: MessageKind.WAITING}


def owe_standing(participant: Participant, *, key: object, now: datetime) -> None:
    """Owe the invitations of somebody confirmed, or the notice of somebody under review or waiting; `key` tells this occasion from others."""
    if participant.status == Status.CONFIRMED:
        owe_invitations(participant, sessions=participant.sessions.all(), key=key, now=now)
    else:
        kind = _NOTICES[Status(participant.status)]
        enqueue([message_to(participant, kind, key=f"{participant.pk}:{key}", now=now)])
