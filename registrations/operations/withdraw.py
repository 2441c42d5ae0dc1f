from datetime import datetime

from django.db import transaction

from registrations.details import Actor
from registrations.enums import Action, Status
from registrations.models import Participant
from registrations.operations.calendar_entries import owe_cancellations
from registrations.operations.locking import lock_participant
from registrations.operations.status import move
from registrations.operations.waiting_list import fill_free_seats


@transaction.atomic
def withdraw(participant: Participant, *, actor: Actor, now: datetime) -> Participant:
    """Withdraw a registration, owe the calendar cancellations and give the seat to the next in line.

    Raises TransitionNotAllowed.
    """
    participant = lock_participant(participant)
    was_confirmed = participant.status == Status.CONFIRMED
    entry = move(participant, Action.WITHDRAW, actor=actor, now=now)
    if was_confirmed:
        owe_cancellations(participant, sessions=participant.sessions.all(), because="withdrawn", key=entry.pk, now=now)
        fill_free_seats(participant.meeting, now=now)
    return participant
