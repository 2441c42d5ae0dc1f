"""Who is reached at a mailbox, within one meeting."""

from registrations.details import FocalPoint
from registrations.enums import Status
from registrations.models import Delegation, Meeting, Participant


def delegations_on(meeting: Meeting, *, mailbox: str) -> list[Delegation]:
    """The delegations whose focal point has the mailbox, with type and entity, oldest first."""
    delegations = Delegation.objects.filter(type__meeting=meeting, focal_point_mailbox=mailbox)
    return list(delegations.select_related("type", "entity").order_by("pk"))


def people_on(meeting: Meeting, *, mailbox: str) -> list[Participant]:
    """The participants who have the mailbox, in the order in which they signed up; nobody who withdrew or was erased."""
    people = meeting.participants.filter(mailbox=mailbox, erased_at=None).exclude(status=Status.WITHDRAWN)
    return list(people.order_by("pk"))


def known_at(meeting: Meeting, *, mailbox: str) -> FocalPoint | None:
    """Name, address and language as last told of the mailbox, a focal point's before a participant's; None where nobody has it.

    Two statements in any case.
    """
    delegations, people = delegations_on(meeting, mailbox=mailbox), people_on(meeting, mailbox=mailbox)
    if delegations:
        return focal_point_of(delegations[-1])
    return FocalPoint(name=people[-1].full_name, email=people[-1].email, language=people[-1].language) if people else None


def focal_point_of(delegation: Delegation) -> FocalPoint:
    """Who looks after the delegation's registration."""
    return FocalPoint(name=delegation.focal_point_name, email=delegation.focal_point_email, language=delegation.focal_point_language)
