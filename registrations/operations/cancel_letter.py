from datetime import datetime

from django.db import transaction

from registrations.details import Actor
from registrations.enums import Delivery, LetterStatus
from registrations.errors import NothingToCancel
from registrations.models import HistoryEntry, Letter, OutboxMessage, Participant
from registrations.operations.locking import lock_letter
from registrations.operations.status import history_of
from registrations.operations.take_back import take_back
from registrations.queries.owed import OWED


@transaction.atomic
def cancel_letter(letter: Letter, *, actor: Actor, now: datetime) -> int:
    """Whatever has not left yet is not going to; how many mails. What has left, or may have, stays.

    Raises NothingToCancel where no mail is owed.
    """
    letter = lock_letter(letter)
    owed = list(letter.outbox.filter(OWED, participant__isnull=False).values_list("pk", flat=True))
    number = take_back(OutboxMessage.objects.filter(pk__in=owed))
    if not number:
        raise NothingToCancel
    letter.status = LetterStatus.CANCELLED
    letter.save(update_fields=["status"])
    people = Participant.objects.filter(outbox__in=owed, outbox__status=Delivery.SUPERSEDED)
    HistoryEntry.objects.bulk_create(history_of(person, event="cancel letter", actor=actor, now=now, letter=letter.pk) for person in people)
    return number
