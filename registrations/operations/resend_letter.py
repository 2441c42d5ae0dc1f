from datetime import datetime

from django.db import transaction

from registrations.details import Actor
from registrations.enums import Delivery
from registrations.errors import NoneFailed
from registrations.models import HistoryEntry, Letter, OutboxMessage
from registrations.operations.locking import lock_letter
from registrations.operations.status import history_of
from registrations.queries.letters import not_reached

_COLUMNS = ("recipient_name", "recipient_email", "mailbox", "language")
_ANEW = {"status": Delivery.QUEUED, "attempts": 0, "repeats": 0, "arrival": "", "outcome": "", "sent_at": None}
_FREE = {"claimed_until": None, "handed_over_at": None}


@transaction.atomic
def resend_letter(letter: Letter, *, actor: Actor, now: datetime) -> int:
    """Owe the letter once more to those whom it has not reached, to the address and in the language of today; how many they are.

    Each mail stays the same row. Raises NoneFailed where all have been reached, or their data are erased or about to be.
    """
    letter = lock_letter(letter)
    failed = list(not_reached(letter))
    if not failed:
        raise NoneFailed
    OutboxMessage.objects.bulk_update([message for message in failed if _address(message)], _COLUMNS, batch_size=200)
    OutboxMessage.objects.filter(pk__in=[message.pk for message in failed]).update(**_ANEW, **_FREE, due_at=now)
    people = [message.participant for message in failed if message.participant]
    HistoryEntry.objects.bulk_create(history_of(person, event="resend letter", actor=actor, now=now, letter=letter.pk) for person in people)
    return len(failed)


def _address(message: OutboxMessage) -> bool:
    """Put the person's present name, address and language on the message; whether anything is new."""
    person, before = message.participant, [getattr(message, name) for name in _COLUMNS]
    if person:
        message.recipient_name, message.recipient_email = person.full_name, person.email
        message.mailbox, message.language = person.mailbox, person.language
    return before != [getattr(message, name) for name in _COLUMNS]
