"""Who was invited, who has answered and who has not."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from registrations.enums import MessageKind, Status
from registrations.models import Delegation, DelegationType, Entity, ExpectedDelegation, OutboxMessage
from registrations.queries.meetings import window_of
from registrations.queries.plain_letters import by_delegation
from registrations.queries.states import states
from registrations.rules.chasing import chase_key
from registrations.rules.registration_window import Window

SILENT = Q(answer=None)


def with_answer(expected: QuerySet[ExpectedDelegation]) -> QuerySet[ExpectedDelegation]:
    """The expected with `answer`, the key of the delegation that signed up, even if its people withdrew or were declined; else None."""
    return expected.annotate(answer=Subquery(_answers().values("pk")[:1]))


def expected_of(delegation_type: DelegationType, *, language: str) -> list[ExpectedDelegation]:
    """The expected of the type with their answers, in the order of the reader's alphabet; one statement."""
    expected = with_answer(ExpectedDelegation.objects.filter(type=delegation_type)).select_related("entity", "type__meeting")
    return list(expected.order_by(by_delegation(language), "pk"))


def answered_of(delegation_type: DelegationType, *, language: str) -> list[tuple[Delegation, bool]]:
    """The delegations of the type with the number of those confirmed, `confirmed`, and whether each was expected; one statement."""
    same = Q(entity=OuterRef("entity"), entity__isnull=False) | Q(entity=None, organization_key=OuterRef("organization_key"))
    expected = Exists(ExpectedDelegation.objects.filter(same, type=OuterRef("type")))
    confirmed = Count("participants", filter=Q(participants__status=Status.CONFIRMED))
    rows = Delegation.objects.filter(type=delegation_type).annotate(is_expected=expected, confirmed=confirmed).select_related("entity")
    return [(each, each.is_expected) for each in rows.order_by(by_delegation(language), "pk")]


def to_be_chased(expected: Iterable[ExpectedDelegation]) -> list[ExpectedDelegation]:
    """Those of the expected, with their answers, that are silent, have an address, and were not written to there; one statement."""
    silent = [each for each in expected if getattr(each, "answer", None) is None and each.mailbox]
    written = chases_of(silent)
    return [each for each in silent if each.pk not in written]


def chases_of(expected: Iterable[ExpectedDelegation]) -> Mapping[int, OutboxMessage]:
    """The mail that each was written to at their present address, by the key of the expected; one statement."""
    keys = {unique_key_of(each): each.pk for each in expected if each.mailbox}
    return {keys[mail.unique_key]: mail for mail in OutboxMessage.objects.filter(unique_key__in=keys)}


def unique_key_of(expected: ExpectedDelegation) -> str:
    """The key under which the outbox owes the mail."""
    return f"{MessageKind.CHASE}:{key_of(expected)}"


def key_of(expected: ExpectedDelegation) -> str:
    """The same without the kind of mail."""
    return chase_key(expected.type_id, expected.entity_id, expected.organization_key, expected.mailbox)


def silent_expected(pk: int) -> ExpectedDelegation | None:
    """The expected with type, meeting and entity, as long as it has not answered."""
    return with_answer(ExpectedDelegation.objects.filter(pk=pk)).filter(SILENT).select_related("type__meeting", "entity").first()


def contact_of(meeting_id: int, *, mailbox: str) -> list[ExpectedDelegation]:
    """Those expected at the meeting who are written to at the mailbox, with their entities; one statement."""
    return list(ExpectedDelegation.objects.filter(type__meeting=meeting_id, mailbox=mailbox).select_related("entity").order_by("pk"))


def window_of_type(delegation_type: DelegationType, *, now: datetime) -> Window:
    """Whether the type's meeting takes registrations."""
    return window_of(delegation_type.meeting, list(delegation_type.meeting.sessions.all()), now=now)


def count_expected() -> Mapping[int, tuple[int, int]]:
    """How many are expected and how many of them are silent, by delegation type of a published meeting; one statement."""
    expected = ExpectedDelegation.objects.filter(type__meeting__is_published=True).annotate(has_answer=Exists(_answers()))
    rows = expected.values_list("type").annotate(number=Count("pk"), silent=Count("pk", filter=Q(has_answer=False))).order_by()
    return {pk: (number, silent) for pk, number, silent in rows}


def states_expected(entities: QuerySet[Entity], *, meeting: int) -> QuerySet[Entity]:
    """The States that are expected at the meeting, as whichever type of delegation."""
    return states(entities).filter(Exists(ExpectedDelegation.objects.filter(entity=OuterRef("pk"), type__meeting=meeting)))


def count_states_expected() -> Mapping[int, int]:
    """The same, counted by published meeting; one statement."""
    expected = ExpectedDelegation.objects.filter(type__meeting__is_published=True, entity__in=states(Entity.objects.all()))
    return dict(expected.values_list("type__meeting").annotate(number=Count("entity", distinct=True)).order_by())


def _answers() -> QuerySet[Delegation]:
    same = Q(entity=OuterRef("entity")) | Q(entity=None, organization_key=OuterRef("organization_key"))
    return Delegation.objects.filter(same, type=OuterRef("type"))
