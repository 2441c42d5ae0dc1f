"""Who is expected as which type of delegation."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from registrations.details import Actor
from registrations.enums import Represents
from registrations.errors import DomainError, EntityNotEligible
from registrations.models import DelegationType, Entity, ExpectedDelegation, HistoryEntry, Meeting
from registrations.operations.locking import lock_meeting
from registrations.operations.status import history_of_type, record_of_type
from registrations.queries.invited import entities_invited
from registrations.rules.changes import Changes
from registrations.rules.eligibility import is_eligible
from registrations.rules.names import fold, mailbox_key

_Key = tuple[int, int | None, str]


@dataclass(frozen=True, kw_only=True)
class Expectation:
    """Somebody to be expected, an entity or an organization by its name; a contact or language that is None is not said."""

    delegation_type: DelegationType
    entity: Entity | None
    organization: str = ""
    contact_email: str | None = None
    language: str | None = None
    language_if_new: str = ""

    @property
    def key(self) -> _Key:
        return self.delegation_type.pk, self.entity.pk if self.entity else None, "" if self.entity else fold(self.organization)


@dataclass(frozen=True)
class Expected:
    """What became of an expectation: the record unless it was refused, and of one that was there each field with before and after."""

    record: ExpectedDelegation | None
    is_new: bool = False
    changes: Changes = field(default_factory=dict)
    refusal: DomainError | None = None


@transaction.atomic
def expect_all_eligible(delegation_type: DelegationType, *, actor: Actor, now: datetime) -> int:
    """Expect everybody who may be represented as the type; how many were not on its list before. What is known of the others stays."""
    lock_meeting(delegation_type.meeting_id)
    there = list(ExpectedDelegation.objects.filter(type=delegation_type).values_list("entity", flat=True))
    known = set(there)
    missing = [entity for entity in entities_invited(delegation_type) if entity.pk not in known]
    ExpectedDelegation.objects.bulk_create(ExpectedDelegation(type=delegation_type, entity=entity) for entity in missing)
    if missing:
        counts = {"new": len(missing), "changed": 0, "before": len(there), "after": len(there) + len(missing)}
        record_of_type(delegation_type, event="expect all", actor=actor, now=now, **counts)
    return len(missing)


@transaction.atomic
def expect_listed(meeting: Meeting, *, listed: Sequence[Expectation], actor: Actor, now: datetime) -> list[Expected]:
    """Expect those listed, each once, and correct what is known of those who are; in the order given.

    Whoever may not come as the type is refused, the others are taken. The history of each type says how many were new and changed.
    A constant number of statements for every hundred records that are written.
    """
    lock_meeting(meeting.pk)
    there = {_key(record): record for record in ExpectedDelegation.objects.filter(type__meeting=meeting)}
    before = Counter(record.type_id for record in there.values())
    expected = [_expected(each, there.get(each.key)) for each in listed]
    new, changed = _records(each for each in expected if each.is_new), _records(each for each in expected if each.changes)
    ExpectedDelegation.objects.bulk_create(new)
    ExpectedDelegation.objects.bulk_update(changed, ["contact_email", "mailbox", "language"])
    types = {each.delegation_type.pk: each.delegation_type for each in listed}
    added, corrected = Counter(record.type_id for record in new), Counter(record.type_id for record in changed)
    HistoryEntry.objects.bulk_create(
        history_of_type(
            types[pk],
            event="expect listed",
            actor=actor,
            now=now,
            new=added[pk],
            changed=corrected[pk],
            before=before[pk],
            after=before[pk] + added[pk],
        )
        for pk in sorted(added.keys() | corrected.keys())
    )
    return expected


def _expected(each: Expectation, record: ExpectedDelegation | None) -> Expected:
    if refusal := _refusal(each):
        return Expected(None, refusal=refusal)
    if record is None:
        return Expected(_new(each), is_new=True)
    return Expected(record, changes=_correct(record, each))


def _refusal(each: Expectation) -> DomainError | None:
    delegation_type, entity = each.delegation_type, each.entity
    if delegation_type.represents != Represents.STATE:
        return None
    if entity and is_eligible(groups=entity.groups, eligible_groups=delegation_type.eligible_groups):
        return None
    return EntityNotEligible(entity=entity or each.organization, type=delegation_type)


def _new(each: Expectation) -> ExpectedDelegation:
    return ExpectedDelegation(
        type=each.delegation_type,
        entity=each.entity,
        organization_name="" if each.entity else each.organization,
        contact_email=each.contact_email or "",
        language=each.language_if_new if each.language is None else each.language,
    )


def _correct(record: ExpectedDelegation, each: Expectation) -> Changes:
    """What is said otherwise than it is on record, which is corrected; capitals alone make no other mailbox."""
    changes: Changes = {}
    if each.contact_email is not None and mailbox_key(each.contact_email) != record.mailbox:
        changes["contact_email"] = [record.contact_email, each.contact_email]
        record.contact_email, record.mailbox = each.contact_email, mailbox_key(each.contact_email)
    if each.language is not None and each.language != record.language:
        changes["language"] = [record.language, each.language]
        record.language = each.language
    return changes


def _key(record: ExpectedDelegation) -> _Key:
    return record.type_id, record.entity_id, record.organization_key


def _records(expected: Iterable[Expected]) -> list[ExpectedDelegation]:
    return [each.record for each in expected if each.record]
