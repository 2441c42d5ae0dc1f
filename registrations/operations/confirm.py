from datetime import datetime

from django.db import transaction

from registrations.details import Actor
from registrations.enums import Action, MessageKind, Status
from registrations.errors import NoSeatsLeft
from registrations.models import Participant
from registrations.operations.calendar_entries import owe_invitations
from registrations.operations.locking import lock_participant
from registrations.operations.status import move
from registrations.outbox import enqueue, message_to
from registrations.queries.seating import is_full_for


@transaction.atomic
def confirm(participant: Participant, *, actor: Actor, now: datetime) -> Participant:
    """Confirm a registration and owe its invitations; when all seats are taken it goes on the waiting list instead.

    Raises TransitionNotAllowed, or NoSeatsLeft for somebody who is on the waiting list already.
    """
    participant = lock_participant(participant)
    if participant.status != Status.CONFIRMED and is_full_for(participant):
        return _keep_waiting(participant, actor=actor, now=now)
    entry = move(participant, Action.CONFIRM, actor=actor, now=now)
    owe_invitations(participant, sessions=participant.sessions.all(), key=entry.pk, now=now)
    return participant


def _keep_waiting(participant: Participant, *, actor: Actor, now: datetime) -> Participant:
    if participant.status == Status.WAITING:
        raise NoSeatsLeft(name=participant.full_name)
    entry = move(participant, Action.WAIT, actor=actor, now=now)
    enqueue([message_to(participant, MessageKind.WAITING, key=f"{participant.pk}:{entry.pk}", now=now)])
    return participant
