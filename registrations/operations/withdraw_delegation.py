from datetime import datetime

from django.db import transaction

from registrations.details import Actor
from registrations.enums import Status
from registrations.errors import NobodyToWithdraw
from registrations.models import Delegation, Participant
from registrations.operations.locking import lock_delegation
from registrations.operations.withdraw import withdraw
from registrations.rules.transitions import is_present


@transaction.atomic
def withdraw_delegation(delegation: Delegation, *, actor: Actor, now: datetime) -> list[Participant]:
    """Withdraw everybody in the delegation who still takes part, all of them or none; raises NobodyToWithdraw."""
    delegation = lock_delegation(delegation)
    people = delegation.participants.filter(status__in=[status for status in Status if is_present(status)])
    # Those who are confirmed come last: otherwise their seats would go to somebody of the delegation who leaves as well.
    withdrawn = [withdraw(person, actor=actor, now=now) for person in sorted(people, key=lambda each: each.status == Status.CONFIRMED)]
    if not withdrawn:
        raise NobodyToWithdraw(delegation=delegation)
    return withdrawn
