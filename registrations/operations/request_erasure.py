"""A participant asks for the erasure of their data, or thinks better of it."""

from datetime import datetime

from django.db import transaction

from registrations.details import Actor
from registrations.models import Participant
from registrations.operations.locking import lock_participant
from registrations.operations.status import record
from registrations.queries.erasure import erasure_state
from registrations.rules.erasure import may_be_asked, may_be_taken_back


@transaction.atomic
def request_erasure(participant: Participant, *, actor: Actor, now: datetime) -> Participant:
    """Ask the secretariat to erase the participant's data; asked for already, it stays asked for. Raises DataErased."""
    participant = lock_participant(participant)
    if may_be_asked(erasure_state(participant)):
        record(participant, event="ask for erasure", actor=actor, now=now)
        participant.erasure_requested_at = now
        participant.save(update_fields=["erasure_requested_at"])
    return participant


@transaction.atomic
def take_back_erasure(participant: Participant, *, actor: Actor, now: datetime) -> Participant:
    """Take the request back; without one nothing happens. Raises DataErased once the secretariat has approved it."""
    participant = lock_participant(participant)
    if may_be_taken_back(erasure_state(participant)):
        record(participant, event="take back erasure", actor=actor, now=now)
        participant.erasure_requested_at = None
        participant.save(update_fields=["erasure_requested_at"])
    return participant
