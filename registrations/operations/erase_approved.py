from datetime import datetime

from django.db import transaction

from registrations.details import SYSTEM
from registrations.models import Participant
from registrations.operations.erase import erase
from registrations.operations.locking import lock_for_erasure
from registrations.queries.erasure import due_for_erasure, is_owed_mail


def erase_approved(*, now: datetime) -> int:
    """Erase the data of those for whom it was approved and to whom no mail is owed any more; how many they were."""
    return sum(_erase(participant, now=now) for participant in due_for_erasure())


@transaction.atomic
def _erase(participant: Participant, *, now: datetime) -> bool:
    participant = lock_for_erasure(participant)
    is_due = not participant.erased_at and not is_owed_mail(participant)
    if is_due:
        erase(participant, actor=SYSTEM, now=now)
    return is_due
