"""How far the erasure of somebody's data has come, and where in the tables they are named."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast

from registrations.enums import Status
from registrations.models import Delegation, OutboxMessage, Participant, Submission
from registrations.queries.meetings import window_of
from registrations.queries.owed import OWED
from registrations.rules.erasure import Erasure, erasure_of, withdraws
from registrations.rules.names import name_key

IN_ERASURE = {
    Erasure.ASKED: Q(erasure_requested_at__isnull=False, erasure_approved_at=None, erased_at=None),
    Erasure.APPROVED: Q(erasure_approved_at__isnull=False, erased_at=None),
    Erasure.DONE: Q(erased_at__isnull=False),
}
"""The participants of each state, as `erasure_state` tells it of one."""


def erasure_state(participant: Participant) -> Erasure:
    """Where the erasure of the participant's data stands."""
    return erasure_of(requested_at=participant.erasure_requested_at, approved_at=participant.erasure_approved_at, erased_at=participant.erased_at)


def is_withdrawn_by_erasure(participant: Participant, *, now: datetime) -> bool:
    """Whether the registration would be withdrawn first."""
    window = window_of(participant.meeting, list(participant.meeting.sessions.all()), now=now)
    return withdraws(Status(participant.status), window=window.state)


def is_owed_mail(participant: Participant) -> bool:
    """Whether the person is yet to get a mail."""
    return participant.outbox.filter(OWED).exists()


def due_for_erasure() -> QuerySet[Participant]:
    """Those for whom it is approved and to whom no mail is owed any more."""
    owed = OutboxMessage.objects.filter(OWED, participant=OuterRef("pk"))
    return Participant.objects.filter(IN_ERASURE[Erasure.APPROVED]).exclude(Exists(owed))


def submissions_naming(participant: Participant) -> list[Submission]:
    """The sign-up forms that were answered about the participant, oldest first; one statement."""
    forms = Submission.objects.filter(delegation__type__meeting=participant.meeting_id).annotate(text=Cast("lines", TextField()))
    found = forms.filter(text__contains=f'"participant": {participant.pk}').order_by("created_at", "pk")
    return [form for form in found if any(line["participant"] == participant.pk for line in form.lines)]


def others_on(mailboxes: Iterable[str], *, than: Participant) -> list[Participant]:
    """The other participants of the meeting on these mailboxes whose data are not erased."""
    people = Participant.objects.filter(meeting=than.meeting_id, mailbox__in=mailboxes, erased_at=None)
    return list(people.exclude(pk=than.pk))


def focal_points(participant: Participant, *, others: Iterable[Participant]) -> list[Delegation]:
    """The delegations of the meeting whose focal point the participant is; one statement.

    The mailbox tells, and where others share it, the name as well.
    """
    delegations = Delegation.objects.filter(type__meeting=participant.meeting_id, focal_point_mailbox=participant.mailbox)
    is_shared = any(other.mailbox == participant.mailbox for other in others)
    return [each for each in delegations.select_related("entity") if not is_shared or is_name_of(participant, each.focal_point_name)]


def is_name_of(participant: Participant, name: str) -> bool:
    """Whether the participant writes their name so, with or without the courtesy title."""
    return name_key(name) in {participant.name_key, name_key(participant.styled_name)}


def mails_to_focal_points(participant: Participant) -> QuerySet[OutboxMessage]:
    """The mails of the participant's delegation that were owed to no participant."""
    of_delegation = Q(delegation=participant.delegation_id) | Q(submission__delegation=participant.delegation_id)
    return OutboxMessage.objects.filter(of_delegation, participant=None)
