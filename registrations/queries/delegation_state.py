"""What a delegation still lacks: somebody confirmed, a head."""

from django.db.models import Exists, OuterRef, Q

from registrations.enums import Role, Status
from registrations.models import Participant
from registrations.rules.transitions import is_present

_PRESENT = [status for status in Status if is_present(status)]


def _somebody(**conditions: object) -> Exists:
    return Exists(Participant.objects.filter(delegation=OuterRef("pk"), **conditions))


IS_REPRESENTED = Q(_somebody(status=Status.CONFIRMED))
"""The delegations with somebody confirmed."""
IS_HEAD_MISSING = Q(_somebody(status__in=_PRESENT)) & ~Q(_somebody(status__in=_PRESENT, role=Role.HEAD))
"""Those with people who take part, or are on the way to it, none of whom is the head."""
