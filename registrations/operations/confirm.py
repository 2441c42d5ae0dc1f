from datetime import datetime

from django.db import transaction

from registrations.details import Actor
from registrations.enums import Action, Status
from registrations.errors import NoSeatsLeft
from registrations.models import Participant
from registrations.operations.locking import lock_participant
from registrations.operations.waiting_list import put_on_waiting_list, seat
from registrations.queries.seating import full_for
from registrations.rules.admission import may_wait
from registrations.rules.capacity import Room
from registrations.rules.transitions import next_status


@transaction.atomic
def confirm(participant: Participant, *, actor: Actor, now: datetime) -> Participant:
    """Confirm a registration and owe its invitations; when all seats are taken it goes on the waiting list instead.

    Raises TransitionNotAllowed, or NoSeatsLeft for somebody who is on the waiting list already or whose type keeps none.
    """
    participant = lock_participant(participant)
    full = full_for(participant)
    if full and next_status(Status(participant.status), Action.CONFIRM):
        return _without_seat(participant, full, actor=actor, now=now)
    _note_as_seen(participant)
    seat(participant, actor=actor, now=now)
    return participant


def _without_seat(participant: Participant, full: Room, *, actor: Actor, now: datetime) -> Participant:
    if not may_wait(Status(participant.status), keeps_waiting_list=participant.delegation.type.keeps_waiting_list):
        raise NoSeatsLeft(name=participant.full_name, limit=full.limit, seats=full.seats)
    _note_as_seen(participant)
    put_on_waiting_list(participant, actor=actor, now=now)
    return participant


def _note_as_seen(participant: Participant) -> None:
    """Who decides has looked at what was sent in again; what is changed from now on is compared with this."""
    if participant.to_review:
        participant.to_review = {}
        participant.save(update_fields=["to_review"])
