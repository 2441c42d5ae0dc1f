"""What waits for a decision of the secretariat: registrations under review, and changes made after a confirmation."""

from collections import defaultdict
from collections.abc import Mapping

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Window
from django.db.models.functions import Coalesce, RowNumber

from registrations.enums import Action, Status
from registrations.models import HistoryEntry, Participant

TO_DECIDE = (Q(status=Status.PENDING) | Q(status=Status.CONFIRMED) & ~Q(to_review={})) & Q(erasure_approved_at=None, erased_at=None)
_SENT_IN = ["register", Action.RESUBMIT, Action.REJOIN, "take the place"]


def with_waiting_time(participants: QuerySet[Participant]) -> QuerySet[Participant]:
    """Those to decide about with `waits_since`: when they came in, were sent in again, or were last changed after the confirmation."""
    came_in = Q(event__in=_SENT_IN) | Q(event="amend", status=Status.CONFIRMED)
    entries = HistoryEntry.objects.filter(came_in, participant=OuterRef("pk")).order_by("-at", "-pk")
    return participants.filter(TO_DECIDE).annotate(waits_since=Coalesce(Subquery(entries.values("at")[:1]), F("created_at")))


def longest_waiting(number: int) -> Mapping[int, list[Participant]]:
    """The first so many of each published meeting's queue, by meeting, oldest first; one statement."""
    waiting = with_waiting_time(Participant.objects.filter(meeting__is_published=True))
    place = Window(RowNumber(), partition_by="meeting", order_by=["waits_since", "pk"])
    first = waiting.annotate(place=place).filter(place__lte=number).select_related("meeting", "delegation__entity")
    found: dict[int, list[Participant]] = defaultdict(list)
    for person in first.order_by("waits_since", "pk"):
        found[person.meeting_id].append(person)
    return found
