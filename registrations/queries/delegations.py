"""Delegations with what their pages and mails show."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, Q, QuerySet

from registrations.enums import Status
from registrations.models import Delegation, Participant
from registrations.queries.mail_state import with_mail_state
from registrations.rules.transitions import is_present


def delegation_with_meeting(pk: int) -> Delegation | None:
    """The delegation with type, meeting and entity, and what `last_ends_at` needs, in one statement."""
    delegations, published = Delegation.objects.select_related("type__meeting", "entity"), Q(type__meeting__sessions__is_draft=False)
    return delegations.annotate(last_ends_at=Max("type__meeting__sessions__ends_at", filter=published)).filter(pk=pk).first()


def last_ends_at(delegation: Delegation) -> datetime | None:
    """The end of the meeting's last session, for a delegation of `delegation_with_meeting`."""
    ends: datetime | None = getattr(delegation, "last_ends_at")  # noqa: B009  an annotation
    return ends


def members(delegation: Delegation) -> QuerySet[Participant]:
    """Everybody of the delegation of whom data are still kept, with meeting and delegation."""
    people = Participant.objects.select_related("meeting", "delegation__type", "delegation__entity", "in_place_of")
    return people.filter(delegation=delegation, erased_at=None)


@dataclass(frozen=True)
class Group:
    """A delegation's people in its own order: those who take part, wait or are under review, and those who do not any more."""

    present: list[Participant]
    former: list[Participant]


def group_of(delegation: Delegation) -> Group:
    """The delegation's people with sessions and what their mails have come to, in two statements."""
    people = list(with_mail_state(members(delegation)).prefetch_related("sessions").order_by("order", "pk"))
    return Group(
        [person for person in people if is_present(Status(person.status))], [person for person in people if not is_present(Status(person.status))]
    )
