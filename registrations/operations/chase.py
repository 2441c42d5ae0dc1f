from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from registrations.details import Actor
from registrations.enums import ChaseWording
from registrations.errors import NobodyToChase
from registrations.models import DelegationType, ExpectedDelegation
from registrations.operations.enrolment import refuse_unless_open
from registrations.operations.locking import lock_meeting_with_sessions
from registrations.operations.status import record_of_type
from registrations.outbox import chase_of, enqueue
from registrations.queries.expected import expected_of, to_be_chased
from registrations.rules.chasing import languages_for


@transaction.atomic
def chase(
    delegation_type: DelegationType, *, chosen: Collection[int], wording: ChaseWording, actor: Actor, now: datetime
) -> list[ExpectedDelegation]:
    """Owe each of the chosen, by key, a mail that asks them to sign up; whoever was written to at the address before gets none.

    Whoever has answered or has no address is passed over. Raises RegistrationNotOpen, or NobodyToChase where nobody is left.
    """
    refuse_unless_open(lock_meeting_with_sessions(delegation_type.meeting_id), now=now)
    expected = expected_of(delegation_type, language="en")
    silent = [each for each in to_be_chased(expected) if each.pk in chosen]
    if not silent:
        raise NobodyToChase
    record_of_type(delegation_type, event="chase", actor=actor, now=now, number=len(silent))
    enqueue(chase_of(each, languages=languages_for(each.language, wording), now=now) for each in silent)
    return silent
