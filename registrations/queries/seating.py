"""Who sits where at one meeting."""

from collections import Counter
from collections.abc import Iterable

from django.db.models import Count

from registrations.enums import Status
from registrations.models import DelegationType, Meeting, Participant
from registrations.rules.capacity import Seating, TypeLimits


def seating_of(meeting: Meeting, *, types: Iterable[DelegationType]) -> Seating:
    """The limits of these types and what is taken; without a limit nothing is counted and there is no query."""
    limits = {each.pk: TypeLimits(each.seats, each.seats_per_delegation) for each in types}
    seating = Seating(meeting.seats, limits)
    if meeting.seats is not None or any(each.seats is not None or each.per_delegation is not None for each in limits.values()):
        seating.taken = _confirmed(meeting)
    return seating


def is_full_for(participant: Participant) -> bool:
    """Whether one of the limits keeps the participant, with meeting and delegation at hand, from being confirmed."""
    delegation = participant.delegation
    return seating_of(participant.meeting, types=[delegation.type]).full(delegation.type_id, delegation.pk) is not None


def _confirmed(meeting: Meeting) -> Counter[tuple[int, int]]:
    rows = Participant.objects.filter(meeting=meeting, status=Status.CONFIRMED).values_list("delegation__type", "delegation")
    return Counter({(type_id, delegation): count for type_id, delegation, count in rows.annotate(count=Count("pk")).order_by()})
