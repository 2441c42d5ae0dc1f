from collections.abc import Callable

from django.db import transaction

from registrations.errors import DecidedMeanwhile
from registrations.models import Participant
from registrations.operations.locking import lock_participant
from registrations.queries.review_queue import last_event


@transaction.atomic
def decide(participant: Participant, *, seen: int, decision: Callable[[Participant], Participant]) -> Participant:
    """Do what was decided about a participant as they were shown: `seen` is the key of the last entry of their history then.

    The decision is one of the operations. Raises DecidedMeanwhile, and what the decision raises.
    """
    participant = lock_participant(participant)
    if last_event(participant) != seen:
        raise DecidedMeanwhile(name=participant.full_name)
    return decision(participant)
