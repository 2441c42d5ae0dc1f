"""Whom the same focal point brought to the meeting before."""

from django.db.models import Exists, Max, Min, OuterRef, Q, QuerySet

from registrations.enums import Status
from registrations.models import Delegation, Participant


def people_of_last_time(delegation: Delegation) -> list[Participant]:
    """The people of the latest delegation that this focal point's mailbox had at an earlier meeting, in order; three statements at most.

    Nobody declined or erased, and nobody who is in this delegation already.
    """
    last = _delegation_before(delegation)
    if last is None:
        return []
    here = set(delegation.participants.exclude(status=Status.WITHDRAWN).values_list("mailbox", "name_key"))
    found = {(person.mailbox, person.name_key): person for person in _people(Q(delegation=last)).order_by("order", "pk")}
    return [person for key, person in found.items() if key not in here]


def _delegation_before(delegation: Delegation) -> Delegation | None:
    begins = delegation.type.meeting.sessions.aggregate(first=Min("starts_at"))["first"]
    if begins is None or not delegation.focal_point_mailbox:
        return None
    published = Q(type__meeting__sessions__is_draft=False)
    mine = Delegation.objects.filter(focal_point_mailbox=delegation.focal_point_mailbox).exclude(type__meeting=delegation.type.meeting_id)
    earlier = mine.annotate(ends=Max("type__meeting__sessions__ends_at", filter=published)).filter(ends__lt=begins)
    return earlier.filter(Exists(_people(Q(delegation=OuterRef("pk"))))).order_by("-ends", "-pk").first()


def _people(condition: Q) -> QuerySet[Participant]:
    return Participant.objects.filter(condition, erased_at=None).exclude(status=Status.DECLINED)
