"""What must hold about places, counted from the rows alone and not by the rules under test."""

from collections import Counter

from registrations.models import Delegation, Meeting, Participant


def overfull(meeting: Meeting) -> dict[str, int]:
    """By how many the confirmed exceed a limit, for each that is exceeded."""
    return {name: taken - seats for name, taken, seats in _limits(meeting) if taken > seats}


def passed_over(meeting: Meeting) -> list[Participant]:
    """Those who wait although no limit that applies to them is reached."""
    reached = {name for name, taken, seats in _limits(meeting) if taken >= seats}
    waiting = meeting.participants.filter(status="waiting").select_related("delegation")
    return [each for each in waiting if reached.isdisjoint(_names(each.delegation.type_id, each.delegation_id))]


def _names(type_id: int, delegation_id: int) -> list[str]:
    return ["meeting", f"type {type_id}", f"delegation {delegation_id}"]


def _limits(meeting: Meeting) -> list[tuple[str, int, int]]:
    seats = {"meeting": Meeting.objects.values_list("seats", flat=True).get(pk=meeting.pk)}
    seats |= {f"type {pk}": limit for pk, limit in meeting.delegation_types.values_list("pk", "seats")}
    delegations = Delegation.objects.filter(type__meeting=meeting).values_list("pk", "type__seats_per_delegation")
    seats |= {f"delegation {pk}": limit for pk, limit in delegations}
    confirmed = meeting.participants.filter(status="confirmed").values_list("delegation__type", "delegation")
    taken = Counter(name for place in confirmed for name in _names(*place))
    return [(name, taken[name], limit) for name, limit in seats.items() if limit is not None]
