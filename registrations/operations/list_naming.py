"""Whether a person is named in the list of participants: somebody may object to it, and think better of it."""

from datetime import datetime

from django.db import transaction

from registrations.details import Actor
from registrations.models import Participant
from registrations.operations.locking import lock_participant
from registrations.operations.status import record


@transaction.atomic
def leave_out_of_list(participant: Participant, *, actor: Actor, now: datetime) -> Participant:
    """Name the person in no list that is issued from now on; nothing happens to whoever is left out already."""
    return _set(participant, is_left_out=True, event="leave out of list", actor=actor, now=now)


@transaction.atomic
def name_in_list(participant: Participant, *, actor: Actor, now: datetime) -> Participant:
    """Name the person again."""
    return _set(participant, is_left_out=False, event="name in list", actor=actor, now=now)


def _set(participant: Participant, *, is_left_out: bool, event: str, actor: Actor, now: datetime) -> Participant:
    participant = lock_participant(participant)
    if participant.is_left_out_of_list != is_left_out:
        participant.is_left_out_of_list = is_left_out
        participant.save(update_fields=["is_left_out_of_list"])
        record(participant, event=event, actor=actor, now=now)
    return participant
