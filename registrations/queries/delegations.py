"""Delegations with what their pages and mails show."""

from datetime import datetime

from django.db.models import Max, QuerySet

from registrations.models import Delegation, Participant
from registrations.queries.mail_state import with_mail_state


def delegation_with_meeting(pk: int) -> Delegation | None:
    """The delegation with type, meeting and entity, and what `last_ends_at` needs, in one statement."""
    delegations = Delegation.objects.select_related("type__meeting", "entity")
    return delegations.annotate(last_ends_at=Max("type__meeting__sessions__ends_at")).filter(pk=pk).first()


def last_ends_at(delegation: Delegation) -> datetime | None:
    """The end of the meeting's last session, for a delegation of `delegation_with_meeting`."""
    ends: datetime | None = getattr(delegation, "last_ends_at")  # noqa: B009  an annotation
    return ends


def people_in_order(delegation: Delegation) -> QuerySet[Participant]:
    """Everybody of the delegation in its own order, with sessions and what their mails have come to; two statements."""
    people = delegation.participants.select_related("in_place_of").order_by("order", "pk")
    return with_mail_state(people).prefetch_related("sessions")
