from datetime import datetime

from django.db import transaction

from registrations.details import Actor
from registrations.errors import NothingToReview
from registrations.models import Participant
from registrations.operations.locking import lock_participant
from registrations.operations.status import record


@transaction.atomic
def accept_changes(participant: Participant, *, actor: Actor, now: datetime) -> Participant:
    """Note that an organizer has seen what was changed after the confirmation. Raises NothingToReview."""
    participant = lock_participant(participant)
    if not participant.to_review:
        raise NothingToReview(name=participant.full_name)
    record(participant, event="accept changes", actor=actor, now=now)
    participant.to_review = {}
    participant.save(update_fields=["to_review"])
    return participant
