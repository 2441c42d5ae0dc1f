from datetime import datetime

from registrations.details import Actor
from registrations.enums import Action, MessageKind
from registrations.errors import NoSeatsLeft, RegistrationNotOpen
from registrations.models import Participant
from registrations.operations.locking import lock_participant
from registrations.operations.status import move
from registrations.operations.twins import refusing_twins
from registrations.operations.waiting_list import put_on_waiting_list, seat
from registrations.outbox import enqueue, message_to
from registrations.queries.meetings import window_of
from registrations.queries.seating import full_for


def rejoin(participant: Participant, *, actor: Actor, now: datetime) -> Participant:
    """Take somebody who withdrew back in as if they signed up now: for review, confirmed, or on the waiting list.

    Raises RegistrationNotOpen, TransitionNotAllowed, NoSeatsLeft where no waiting list is kept, or AlreadyRegistered when they
    have signed up anew meanwhile.
    """
    with refusing_twins(participant.full_name):
        return _rejoin(lock_participant(participant), actor=actor, now=now)


def _rejoin(participant: Participant, *, actor: Actor, now: datetime) -> Participant:
    if not window_of(participant.meeting, list(participant.meeting.sessions.all()), now=now).is_open:
        raise RegistrationNotOpen
    entry = move(participant, Action.REJOIN, actor=actor, now=now)
    delegation_type, full = participant.delegation.type, full_for(participant)
    if full and not delegation_type.keeps_waiting_list:
        raise NoSeatsLeft(name=participant.full_name, limit=full.limit, seats=full.seats)
    participant.created_at = now
    participant.save(update_fields=["created_at"])
    if delegation_type.is_reviewed:
        enqueue([message_to(participant, MessageKind.RECEIVED, key=f"{participant.pk}:{entry.pk}", now=now)])
    elif full:
        put_on_waiting_list(participant, actor=actor, now=now)
    else:
        seat(participant, actor=actor, now=now)
    return participant
