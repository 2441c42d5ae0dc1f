from datetime import datetime

from django.db import transaction

from registrations.details import Actor
from registrations.models import DelegationType, ExpectedDelegation
from registrations.operations.locking import lock_meeting
from registrations.operations.status import record_of_type
from registrations.queries.invited import entities_invited


@transaction.atomic
def expect_all_eligible(delegation_type: DelegationType, *, actor: Actor, now: datetime) -> int:
    """Expect everybody who may be represented as the type; how many were not on its list before. What is known of the others stays."""
    lock_meeting(delegation_type.meeting_id)
    there = list(ExpectedDelegation.objects.filter(type=delegation_type).values_list("entity", flat=True))
    known = set(there)
    missing = [entity for entity in entities_invited(delegation_type) if entity.pk not in known]
    ExpectedDelegation.objects.bulk_create(ExpectedDelegation(type=delegation_type, entity=entity) for entity in missing)
    if missing:
        counts = {"new": len(missing), "changed": 0, "before": len(there), "after": len(there) + len(missing)}
        record_of_type(delegation_type, event="expect all", actor=actor, now=now, **counts)
    return len(missing)
