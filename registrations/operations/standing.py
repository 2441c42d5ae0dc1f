"""Owe the mails that tell somebody where their registration stands."""

from datetime import datetime

from registrations.enums import MessageKind, Status
from registrations.models import Participant
from registrations.operations.calendar_entries import owe_invitations
from registrations.operations.waiting_list import owe_waiting_notice
from registrations.outbox import enqueue, message_to


def owe_standing(participant: Participant, *, key: object, now: datetime) -> None:
    """Owe the invitations of somebody confirmed, or the notice of somebody under review or waiting; `key` tells this occasion from others."""
    match participant.status:
        case Status.CONFIRMED:
            owe_invitations(participant, sessions=participant.sessions.all(), key=key, now=now)
        case Status.WAITING:
            owe_waiting_notice(participant, key=key, now=now)
        case _:
            enqueue([message_to(participant, MessageKind.RECEIVED, key=f"{participant.pk}:{key}", now=now)])
