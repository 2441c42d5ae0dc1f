"""Who sits where at one meeting, who waits, and what is left."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, F, QuerySet

from registrations.enums import Limit, Status
from registrations.models import Delegation, DelegationType, Meeting, Participant
from registrations.rules.capacity import Place, Room, Seating, TypeLimits

IN_TURN = (F("promoted_at").asc(nulls_last=True), "created_at", "order", "pk")
"""The order of the waiting list: whoever an organizer put first, then in order of arrival; those of one form as in their delegation, so that
a newcomer stands where the one who left stood."""


@dataclass(frozen=True)
class Wait:
    """Which limit keeps somebody waiting, and their place in the queue for it, from 1."""

    limit: Limit
    place: int


@dataclass(frozen=True)
class SeatsOnOffer:
    """What anybody may know about the seats of a delegation type before signing up; None where there is no limit.

    `left` is what meeting and type leave. How full one delegation is would tell who has registered.
    """

    delegation_type: DelegationType
    left: int | None
    per_delegation: int | None

    @property
    def is_limited(self) -> bool:
        return self.left is not None or self.per_delegation is not None


def seating_of(meeting: Meeting, *, types: Iterable[DelegationType]) -> Seating:
    """The limits of these types and who sits and waits; one statement, or none where nothing is limited.

    The statement reads the limits again: those at hand may be older than the lock of the meeting.
    """
    limits = {each.pk: TypeLimits(each.seats, each.seats_per_delegation) for each in types}
    if meeting.seats is None and not any(each.is_limited for each in limits.values()):
        return Seating(None, limits)
    return _counted(meeting)


def seats_on_offer(meeting: Meeting, *, types: Iterable[DelegationType]) -> list[SeatsOnOffer]:
    """What each type has to offer; one statement, or none where nothing is limited."""
    types = list(types)
    seating = seating_of(meeting, types=types)
    return [SeatsOnOffer(each, _left_to_anybody(seating, each), each.seats_per_delegation) for each in types]


def tightest_for(delegation: Delegation) -> Room | None:
    """What is left for the delegation, with type and meeting at hand, under the limit that leaves least; None where nothing limits it."""
    return seating_of(delegation.type.meeting, types=[delegation.type]).tightest((delegation.type_id, delegation.pk))


def full_for(participant: Participant) -> Room | None:
    """The limit that keeps the participant, with meeting and delegation at hand, from being confirmed; None where there is a seat."""
    delegation = participant.delegation
    return seating_of(participant.meeting, types=[delegation.type]).full((delegation.type_id, delegation.pk))


def wait_of(participant: Participant) -> Wait | None:
    """Why somebody on the waiting list waits, and their place; None where a seat is free. Two statements."""
    full = full_for(participant)
    if full is None:
        return None
    queue = _queue(participant, limit=full.limit).order_by(*IN_TURN).values_list("pk", flat=True)
    return Wait(full.limit, list(queue).index(participant.pk) + 1)


def _left_to_anybody(seating: Seating, delegation_type: DelegationType) -> int | None:
    rooms = seating.rooms((delegation_type.pk, 0))
    return min((room.left for room in rooms if room.limit != Limit.DELEGATION), default=None)


def _queue(participant: Participant, *, limit: Limit) -> QuerySet[Participant]:
    waiting = Participant.objects.filter(meeting_id=participant.meeting_id, status=Status.WAITING)
    match limit:
        case Limit.DELEGATION:
            return waiting.filter(delegation_id=participant.delegation_id)
        case Limit.TYPE:
            return waiting.filter(delegation__type_id=participant.delegation.type_id)
        case Limit.MEETING:
            return waiting


def _counted(meeting: Meeting) -> Seating:
    seating = Seating(meeting.seats, {})
    counts: dict[str, Counter[Place]] = {Status.CONFIRMED: seating.taken, Status.WAITING: seating.waiting}
    columns = ("pk", "seats", "seats_per_delegation", "delegations", "delegations__participants__status")
    rows = DelegationType.objects.filter(meeting=meeting).order_by().values_list(*columns).annotate(count=Count("delegations__participants"))
    for type_id, seats, per_delegation, delegation, status, count in rows:
        seating.types[type_id] = TypeLimits(seats, per_delegation)
        if status in counts:
            counts[status][type_id, delegation] = count
    return seating
