from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import get_language_info

from registrations.details import Actor
from registrations.enums import Action, MessageKind, Status
from registrations.errors import ReasonMissing
from registrations.models import Participant
from registrations.operations.calendar_entries import owe_cancellations
from registrations.operations.locking import lock_participant
from registrations.operations.status import move
from registrations.operations.waiting_list import fill_free_seats
from registrations.outbox import enqueue, message_to


@transaction.atomic
def decline(participant: Participant, *, reasons: Mapping[str, str], actor: Actor, now: datetime) -> Participant:
    """Decline a registration; the reason in the participant's language, out of `reasons` by language code, goes into the mail.

    A confirmed participant's calendar entries are cancelled and the seat goes to the next in line.
    Raises ReasonMissing or TransitionNotAllowed.
    """
    participant = lock_participant(participant)
    reason = reasons.get(participant.language, "").strip()
    if not reason:
        raise ReasonMissing(name=participant.full_name, language=get_language_info(participant.language)["name_translated"])
    was_confirmed = participant.status == Status.CONFIRMED
    entry = move(participant, Action.DECLINE, actor=actor, now=now, reason=reason)
    enqueue([message_to(participant, MessageKind.DECLINED, key=f"{participant.pk}:{entry.pk}", now=now, reason=reason)])
    if was_confirmed:
        owe_cancellations(participant, sessions=participant.sessions.all(), because="declined", key=entry.pk, now=now)
        fill_free_seats(participant.meeting, now=now)
    return participant
