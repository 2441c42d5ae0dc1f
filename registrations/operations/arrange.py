from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from registrations.details import Actor
from registrations.models import Delegation, Participant
from registrations.operations.locking import lock_delegation
from registrations.operations.status import record_of_delegation


@transaction.atomic
def arrange(delegation: Delegation, *, order: Sequence[int], actor: Actor, now: datetime) -> Delegation:
    """Put the participants, given by pk, into this order of precedence; those who are not named follow in the order they have."""
    delegation = lock_delegation(delegation)
    people = list(delegation.participants.order_by("order", "pk"))
    turns = {pk: turn for turn, pk in enumerate(order)}
    arranged = sorted(people, key=lambda person: turns.get(person.pk, len(turns)))
    if arranged == people:
        return delegation
    for place, person in enumerate(arranged, start=1):
        person.order = place
    Participant.objects.bulk_update(arranged, ["order"])
    record_of_delegation(delegation, event="arrange", actor=actor, now=now)
    return delegation
