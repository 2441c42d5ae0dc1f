"""What waits for a decision of the secretariat: registrations under review, and changes made after a confirmation."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from django.db.models import F, Max, OuterRef, Q, QuerySet, Subquery, Window
from django.db.models.functions import Coalesce, RowNumber

from registrations.enums import Action, Status
from registrations.models import HistoryEntry, Participant
from registrations.queries.desk_rights import of_meetings

TO_DECIDE = (Q(status=Status.PENDING) | Q(status=Status.CONFIRMED) & ~Q(to_review={})) & Q(erasure_approved_at=None, erased_at=None)
_SENT_IN = ["register", Action.RESUBMIT, Action.REJOIN, "take the place"]


def queue_of(meeting_id: int) -> list[tuple[int, datetime]]:
    """Key of each participant who waits for a decision and since when they have waited, oldest first; one statement."""
    waiting = Participant.objects.filter(TO_DECIDE, meeting=meeting_id).annotate(waits_since=_waiting_time())
    return list(waiting.order_by("waits_since", "pk").values_list("pk", "waits_since"))


def first_in_line(meeting_id: int | None, *, within: frozenset[int] | None = None) -> Participant | None:
    """Whoever has waited longest, at the meeting or, without one, at any published meeting; of these meetings alone unless None."""
    people = Participant.objects.filter(meeting=meeting_id) if meeting_id else Participant.objects.filter(meeting__is_published=True)
    return _with_waiting_time(of_meetings(people, within)).order_by("waits_since", "pk").first()


def last_event(participant: Participant) -> int:
    """The key of the entry written last into the participant's history, which tells whether anything happened since it was read; 0 for none."""
    last: int | None = participant.history.aggregate(last=Max("pk"))["last"]
    return last or 0


def longest_waiting(number: int) -> Mapping[int, list[Participant]]:
    """The first so many of each published meeting's queue, by meeting, oldest first, each with `waits_since`; one statement."""
    waiting = _with_waiting_time(Participant.objects.filter(meeting__is_published=True))
    place = Window(RowNumber(), partition_by="meeting", order_by=["waits_since", "pk"])
    first = waiting.annotate(place=place).filter(place__lte=number).select_related("meeting", "delegation__entity")
    found: dict[int, list[Participant]] = defaultdict(list)
    for person in first.order_by("waits_since", "pk"):
        found[person.meeting_id].append(person)
    return found


def _with_waiting_time(participants: QuerySet[Participant]) -> QuerySet[Participant]:
    return participants.filter(TO_DECIDE).annotate(waits_since=_waiting_time())


def _waiting_time() -> Coalesce:
    """Since when somebody to decide about waits: they came in, were sent in again, or were last changed after the confirmation."""
    came_in = Q(event__in=_SENT_IN) | Q(event="amend", status=Status.CONFIRMED)
    entries = HistoryEntry.objects.filter(came_in, participant=OuterRef("pk")).order_by("-at", "-pk")
    return Coalesce(Subquery(entries.values("at")[:1]), F("created_at"))
