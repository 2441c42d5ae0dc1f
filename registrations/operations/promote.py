from datetime import datetime

from django.db import transaction

from registrations.details import Actor
from registrations.enums import Status
from registrations.errors import NotWaiting, PromotionReasonMissing
from registrations.models import Participant
from registrations.operations.locking import lock_participant
from registrations.operations.status import record
from registrations.operations.waiting_list import fill_free_seats


@transaction.atomic
def promote(participant: Participant, *, reason: str, actor: Actor, now: datetime) -> Participant:
    """Put somebody first on the waiting list, out of turn; the reason stays in the history.

    They are confirmed at once if there is a seat for them, otherwise with the next one. Raises NotWaiting or
    PromotionReasonMissing.
    """
    participant = lock_participant(participant)
    if participant.status != Status.WAITING:
        raise NotWaiting(name=participant.full_name)
    if not reason.strip():
        raise PromotionReasonMissing
    record(participant, event="promote", actor=actor, now=now, reason=reason.strip())
    participant.promoted_at = now
    participant.save(update_fields=["promoted_at"])
    fill_free_seats(participant.meeting, now=now)
    participant.refresh_from_db(fields=["status"])
    return participant
