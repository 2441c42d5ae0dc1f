"""A list of people goes through the same operations as everybody else."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db.models import Count
from django.utils.translation import gettext_lazy

from registrations.details import Actor, FocalPoint, SignUp
from registrations.enums import ListContents, MessageKind, Represents, RowOutcome, Status
from registrations.errors import DomainError, SeatsMissing
from registrations.importing.kind_of_list import KindOfList, Report, RowReport
from registrations.importing.list_columns import ListedCells
from registrations.importing.listed_delegations import Target
from registrations.importing.listed_people import Case, Sorting
from registrations.importing.listed_rows import rows_of
from registrations.importing.people_columns import column_labels, faults_of, known_in
from registrations.importing.roster import roster_of
from registrations.models import Meeting, OutboxMessage, UploadedList
from registrations.operations.amend import amend
from registrations.operations.enrol_listed import enrol_listed
from registrations.operations.locking import lock_meeting
from registrations.rules.changes import Changes, changes


@dataclass(frozen=True, kw_only=True)
class PersonReport(RowReport):
    """What became of one person: `status` is that of somebody new."""

    name: str
    status: Status | None = None

    @property
    def facts(self) -> tuple[Any, ...]:
        return self.number, self.name, self.outcome, self.status, self.changes


def people_cases(uploaded: UploadedList, listed: ListedCells) -> list[Case]:
    """What each row of the mapped list is about; a handful of statements for any number of rows."""
    roster = roster_of(uploaded.meeting)
    sorting = Sorting(roster, uploaded.default_type, uploaded.language)
    numbers = [session.number for session in roster.sessions]
    rows = rows_of(listed, columns=uploaded.columns, sessions=numbers, questions=roster.questions)
    return list(sorting.cases(rows))


def take_in_people(meeting: Meeting, *, cases: Sequence[Case], actor: Actor, now: datetime) -> Report:
    """Register the new, amend the known; a refusal of some leaves the others."""
    lock_meeting(meeting.pk)
    before = _mails(meeting)
    newcomers: dict[Target, list[Case]] = defaultdict(list)
    rows: list[PersonReport] = []
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


def _amended(case: Case, *, actor: Actor, now: datetime) -> PersonReport:
    if not case.known or not case.before or not case.person or case.before == case.person:
        return _report(case, RowOutcome.UNCHANGED)
    try:
        amend(case.known, details=case.person, actor=actor, now=now, seen=case.before)
    except DomainError as refusal:
        return _report(case, RowOutcome.REFUSED, reasons=[str(refusal)])
    return _report(case, RowOutcome.CHANGED, changed=changes(case.before, case.person))


def _enrolled(target: Target, cases: Sequence[Case], *, actor: Actor, now: datetime) -> Iterator[PersonReport]:
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
) -> PersonReport:
    return PersonReport(
        number=case.row.number,
        name=case.name,
        delegation=case.delegation,
        outcome=outcome,
        status=status,
        changes=changed or {},
        reasons=list(reasons),
    )


def _mails(meeting: Meeting) -> Counter[MessageKind]:
    rows = OutboxMessage.objects.filter(meeting=meeting).order_by().values_list("kind").annotate(number=Count("pk"))
    return Counter({MessageKind(kind): number for kind, number in rows})


PEOPLE = KindOfList(
    contents=ListContents.PEOPLE,
    known_in=known_in,
    column_labels=column_labels,
    faults_of=faults_of,
    cases_of=people_cases,
    take_in=take_in_people,
    nobody=gettext_lazy("There is nobody on this list. Choose a file with one person in each row below the headings."),
)
