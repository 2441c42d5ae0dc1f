"""A list of people goes through the same operations as everybody else; a look at it is the same, taken back.

All of it is one transaction: whatever stops it, nothing is half-written.
"""

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from django.db import transaction
from django.db.models import Count

from registrations.details import Actor, FocalPoint, SignUp
from registrations.enums import MessageKind, Represents, RowOutcome, Status
from registrations.errors import ChangedSinceLook, DomainError, NothingToTakeIn, RowsRefused, SeatsMissing
from registrations.importing.listed_people import Case, Target
from registrations.models import Meeting, OutboxMessage
from registrations.operations.amend import amend
from registrations.operations.enrol_listed import enrol_listed
from registrations.operations.locking import lock_meeting
from registrations.rules.changes import Changes, changes


@dataclass(frozen=True)
class RowReport:
    """What became of one row, or would: `status` is that of somebody new, `changes` are those of somebody known."""

    number: int
    name: str
    delegation: str
    outcome: RowOutcome
    status: Status | None
    changes: Changes
    reasons: list[str]


@dataclass(frozen=True)
class Report:
    """Every row in the order of the list, and how many mails are owed by it, of each kind."""

    rows: list[RowReport]
    mails: Counter[MessageKind]

    def of(self, outcome: RowOutcome) -> list[RowReport]:
        return [row for row in self.rows if row.outcome == outcome]

    @property
    def counts(self) -> Counter[RowOutcome]:
        return Counter(row.outcome for row in self.rows)

    @property
    def fingerprint(self) -> str:
        """Of what happens to whom, whatever the language."""
        facts = [(row.number, row.name, row.outcome, row.status, row.changes) for row in self.rows]
        return hashlib.sha256(json.dumps(facts).encode()).hexdigest()[:32]


def look(meeting: Meeting, *, cases: Iterable[Case], actor: Actor, now: datetime) -> Report:
    """What would become of each row: done for real, looked at, and taken back."""
    with transaction.atomic():
        report = _run(meeting, cases=cases, actor=actor, now=now)
        transaction.set_rollback(True)
    return report


@transaction.atomic
def take_in_all(meeting: Meeting, *, cases: Iterable[Case], seen: str, actor: Actor, now: datetime) -> Report:
    """Every row or none. `seen` is the fingerprint of the report that was looked at. Raises RowsRefused and as below."""
    report = take_in_good(meeting, cases=cases, seen=seen, actor=actor, now=now)
    if report.counts[RowOutcome.REFUSED]:
        raise RowsRefused
    return report


@transaction.atomic
def take_in_good(meeting: Meeting, *, cases: Iterable[Case], seen: str, actor: Actor, now: datetime) -> Report:
    """The rows that are not refused. Raises ChangedSinceLook, or NothingToTakeIn."""
    report = _run(meeting, cases=cases, actor=actor, now=now)
    if report.fingerprint != seen:
        raise ChangedSinceLook
    if not report.counts[RowOutcome.NEW] + report.counts[RowOutcome.CHANGED]:
        raise NothingToTakeIn
    return report


def _run(meeting: Meeting, *, cases: Iterable[Case], actor: Actor, now: datetime) -> Report:
    lock_meeting(meeting.pk)
    before = _mails(meeting)
    newcomers: dict[Target, list[Case]] = defaultdict(list)
    rows: list[RowReport] = []
    for case in cases:
        if case.reasons:
            rows.append(_report(case, RowOutcome.REFUSED, reasons=case.reasons))
        elif case.known:
            rows.append(_amended(case, actor=actor, now=now))
        elif case.target:
            newcomers[case.target].append(case)
    for target, group in newcomers.items():
        rows += _enrolled(target, group, actor=actor, now=now)
    return Report(sorted(rows, key=lambda row: row.number), _mails(meeting) - before)


def _amended(case: Case, *, actor: Actor, now: datetime) -> RowReport:
    if not case.known or not case.before or not case.person or case.before == case.person:
        return _report(case, RowOutcome.UNCHANGED)
    try:
        amend(case.known, details=case.person, actor=actor, now=now, seen=case.before)
    except DomainError as refusal:
        return _report(case, RowOutcome.REFUSED, reasons=[str(refusal)])
    return _report(case, RowOutcome.CHANGED, changed=changes(case.before, case.person))


def _enrolled(target: Target, cases: Sequence[Case], *, actor: Actor, now: datetime) -> Iterator[RowReport]:
    """The delegation's newcomers in one go; after a refusal that concerns some of them, the others once more."""
    while cases:
        try:
            added = enrol_listed(target.delegation_type, details=_sign_up(target, cases), actor=actor, now=now)
        except DomainError as refusal:
            cases, refused = _without_those_meant(cases, refusal)
            yield from (_report(case, RowOutcome.REFUSED, reasons=[str(refusal)]) for case in refused)
            continue
        for case, line in zip(cases, added, strict=True):
            outcome, status = (RowOutcome.NEW, Status(line.participant.status)) if line.is_new else (RowOutcome.UNCHANGED, None)
            yield _report(case, outcome, status=status)
        return


def _without_those_meant(cases: Sequence[Case], refusal: DomainError) -> tuple[Sequence[Case], Sequence[Case]]:
    """Those who may be tried again, and those whom the refusal concerns: one person, those beyond the seats that are left, or all."""
    if "person" in refusal.facts:
        index = refusal.facts["person"]
        return [*cases[:index], *cases[index + 1 :]], [cases[index]]
    if isinstance(refusal, SeatsMissing) and 0 < refusal.facts["left"] < len(cases):
        return cases[: refusal.facts["left"]], cases[refusal.facts["left"] :]
    return [], cases


def _sign_up(target: Target, cases: Sequence[Case]) -> SignUp:
    is_state = target.delegation_type.represents == Represents.STATE
    named = (target.entity.name_en or target.entity.name_es) if target.entity else target.organization
    people = tuple(case.person for case in cases if case.person)
    first = FocalPoint(name=people[0].full_name, email=people[0].email, language=people[0].language)
    return SignUp(
        form_id=uuid4(),
        entity_code=target.entity.code if target.entity and is_state else "",
        organization="" if is_state else named,
        focal_point=next((case.focal_point for case in cases if case.focal_point), first),
        people=people,
        address_key="",
    )


def _report(
    case: Case, outcome: RowOutcome, *, status: Status | None = None, changed: Changes | None = None, reasons: Sequence[str] = ()
) -> RowReport:
    return RowReport(case.row.number, case.name, case.delegation, outcome, status, changed or {}, list(reasons))


def _mails(meeting: Meeting) -> Counter[MessageKind]:
    rows = OutboxMessage.objects.filter(meeting=meeting).order_by().values_list("kind").annotate(number=Count("pk"))
    return Counter({MessageKind(kind): number for kind, number in rows})
