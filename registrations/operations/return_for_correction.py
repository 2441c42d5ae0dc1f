from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import get_language_info

from registrations.details import Actor
from registrations.enums import Action, MessageKind
from registrations.errors import NoFieldTicked, ReasonMissing
from registrations.models import Participant
from registrations.operations.locking import lock_participant
from registrations.operations.status import move
from registrations.outbox import enqueue, message_to


@transaction.atomic
def return_for_correction(participant: Participant, *, fields: Collection[str], notes: Mapping[str, str], actor: Actor, now: datetime) -> Participant:
    """Send a registration back with the fields that are wrong and a sentence in the participant's language, out of `notes` by language.

    Raises NoFieldTicked, ReasonMissing or TransitionNotAllowed.
    """
    participant = lock_participant(participant)
    note = notes.get(participant.language, "").strip()
    if not note:
        raise ReasonMissing(name=participant.full_name, language=get_language_info(participant.language)["name_translated"])
    if not fields:
        raise NoFieldTicked(name=participant.full_name)
    correction: dict[str, Any] = {"fields": sorted(fields), "note": note}
    entry = move(participant, Action.RETURN, actor=actor, now=now, **correction)
    participant.correction = correction
    participant.save(update_fields=["correction"])
    enqueue([message_to(participant, MessageKind.RETURNED, key=f"{participant.pk}:{entry.pk}", now=now, **correction)])
    return participant
