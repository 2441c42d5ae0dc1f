from datetime import datetime

from django.db import transaction

from registrations.details import Actor
from registrations.errors import DataErased
from registrations.models import Participant
from registrations.operations.erase import erase
from registrations.operations.locking import lock_for_erasure
from registrations.operations.status import record
from registrations.operations.take_back import take_back_letters
from registrations.operations.withdraw import withdraw
from registrations.queries.erasure import erasure_state, is_owed_mail, is_withdrawn_by_erasure
from registrations.rules.erasure import may_be_approved


@transaction.atomic
def forget(participant: Participant, *, actor: Actor, now: datetime) -> Participant:
    """Approve the erasure of a participant's data. A registration for a meeting to come is withdrawn first.

    The data go at once, or as soon as the mails are sent that are owed to the person, such as those that take the sessions
    out of their calendar: `erase_approved`. Raises DataErased where it was approved before.
    """
    participant = lock_for_erasure(participant)
    if not may_be_approved(erasure_state(participant)):
        raise DataErased(reference=participant.reference)
    if is_withdrawn_by_erasure(participant, now=now):
        participant = withdraw(participant, actor=actor, now=now)
    record(participant, event="approve erasure", actor=actor, now=now)
    participant.erasure_approved_at = now
    participant.save(update_fields=["erasure_approved_at"])
    take_back_letters(participant)
    if not is_owed_mail(participant):
        erase(participant, actor=actor, now=now)
    return participant
