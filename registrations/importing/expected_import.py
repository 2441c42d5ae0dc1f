"""A list of expected delegations goes through one operation."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy

from registrations.details import Actor
from registrations.enums import ListContents, RowOutcome
from registrations.importing.directory import directory_of
from registrations.importing.expected_columns import column_labels, faults_of, known_column
from registrations.importing.kind_of_list import KindOfList, Report, RowReport
from registrations.importing.list_columns import ListedCells
from registrations.importing.listed_expected import ExpectedCase, ExpectedSorting
from registrations.importing.listed_rows import said_by_rows
from registrations.models import ExpectedDelegation, Meeting, UploadedList
from registrations.operations.expect import Expected, expect_listed


@dataclass(frozen=True, kw_only=True)
class ExpectedReport(RowReport):
    """What became of one delegation, which has no `record` where it was refused; `doubts` are for whoever looks at it."""

    type_name: str
    contact: str
    record: ExpectedDelegation | None = None
    doubts: list[str] = field(default_factory=list)

    @property
    def facts(self) -> tuple[Any, ...]:
        who = self.record and (self.record.type_id, self.record.entity_id, self.record.organization_name, self.record.mailbox, self.record.language)
        return self.number, self.outcome, self.changes, who


def expected_cases(uploaded: UploadedList, listed: ListedCells) -> list[ExpectedCase]:
    """What each row of the mapped list is about; two statements for any number of rows."""
    sorting = ExpectedSorting(directory_of(uploaded.meeting), uploaded.default_type, uploaded.language)
    return list(sorting.cases(said_by_rows(listed, columns=uploaded.columns)))


def take_in_expected(meeting: Meeting, *, cases: Sequence[ExpectedCase], actor: Actor, now: datetime) -> Report:
    """Expect the new, correct the known; whoever is refused leaves the others."""
    listed = [case.expectation for case in cases if case.expectation]
    expected = iter(expect_listed(meeting, listed=listed, actor=actor, now=now))
    return Report(list(_reports(cases, expected)))


def _reports(cases: Sequence[ExpectedCase], expected: Iterator[Expected]) -> Iterator[ExpectedReport]:
    for case in cases:
        yield _report(case, next(expected) if case.expectation else None)


def _report(case: ExpectedCase, done: Expected | None) -> ExpectedReport:
    refused = [str(done.refusal)] if done and done.refusal else case.reasons
    return ExpectedReport(
        number=case.number,
        delegation=case.delegation,
        type_name=case.type_name,
        contact=case.contact,
        record=done.record if done else None,
        outcome=RowOutcome.REFUSED if refused else _outcome(done),
        changes=done.changes if done else {},
        reasons=refused,
        doubts=case.doubts,
    )


def _outcome(done: Expected | None) -> RowOutcome:
    if done and done.is_new:
        return RowOutcome.NEW
    return RowOutcome.CHANGED if done and done.changes else RowOutcome.UNCHANGED


EXPECTED = KindOfList(
    contents=ListContents.EXPECTED,
    known_in=lambda _meeting: known_column,
    column_labels=column_labels,
    faults_of=faults_of,
    cases_of=expected_cases,
    take_in=take_in_expected,
    nobody=gettext_lazy("There is nobody on this list. Choose a file with one State or organization in each row below the headings."),
)
