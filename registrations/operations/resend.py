from datetime import datetime

from django.db import transaction

from registrations.details import Actor
from registrations.enums import Status
from registrations.errors import NothingToSend
from registrations.models import Participant
from registrations.operations.locking import lock_participant
from registrations.operations.standing import owe_standing
from registrations.operations.status import record


@transaction.atomic
def resend(participant: Participant, *, actor: Actor, now: datetime) -> Participant:
    """Owe once more the mails that tell where the registration stands. Raises NothingToSend for one that was withdrawn.

    An invitation goes out with the bytes of its last revision, so a calendar that has it already stays as it is.
    """
    participant = lock_participant(participant)
    if participant.status == Status.WITHDRAWN:
        raise NothingToSend(name=participant.full_name)
    entry = record(participant, event="resend", actor=actor, now=now)
    owe_standing(participant, key=entry.pk, now=now, again=True)
    return participant
