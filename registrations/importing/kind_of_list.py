"""What all lists at the desk go through: each kind says what its columns hold, what its rows are about, and through which door they go.

A look at a list is its import, taken back. All of it is one transaction: whatever stops it, nothing is half-written.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from django.db import transaction

from registrations.details import Actor
from registrations.enums import ListContents, MessageKind, RowOutcome
from registrations.errors import ChangedSinceLook, NothingToTakeIn, RowsRefused
from registrations.importing.list_columns import Known, ListedCells
from registrations.models import Meeting, UploadedList
from registrations.rules.changes import Changes


@dataclass(frozen=True, kw_only=True)
class RowReport:
    """What became of one row, or would; `changes` are those of what was known before."""

    number: int
    delegation: str
    outcome: RowOutcome
    changes: Changes = field(default_factory=dict)
    reasons: list[str] = field(default_factory=list)

    @property
    def facts(self) -> tuple[Any, ...]:
        """What happens to whom, whatever the language."""
        return self.number, self.outcome, self.changes


@dataclass(frozen=True)
class Report:
    """Every row in the order of the list, and how many mails are owed by it, of each kind."""

    rows: Sequence[Any]
    mails: Counter[MessageKind] = field(default_factory=Counter)

    def of(self, outcome: RowOutcome) -> list[Any]:
        return [row for row in self.rows if row.outcome == outcome]

    @property
    def counts(self) -> Counter[RowOutcome]:
        return Counter(row.outcome for row in self.rows)

    @property
    def fingerprint(self) -> str:
        return hashlib.sha256(json.dumps([row.facts for row in self.rows]).encode()).hexdigest()[:32]


class TakeIn(Protocol):
    """Does what the rows say, but for those that are refused; belongs into a transaction."""

    def __call__(self, meeting: Meeting, *, cases: Sequence[Any], actor: Actor, now: datetime) -> Report: ...


class FaultsOf(Protocol):
    """What keeps a list from being taken in with these columns, in sentences."""

    def __call__(self, columns: Sequence[str], *, labels: Mapping[str, str]) -> list[str]: ...


@dataclass(frozen=True)
class KindOfList:
    """How lists of one kind are understood. `known_in` is what headings stand for in a meeting's lists; `nobody` refuses a list without rows; a case
    is one row and what it is about."""

    contents: ListContents
    known_in: Callable[[Meeting], Known]
    column_labels: Callable[[Meeting], dict[str, str]]
    faults_of: FaultsOf
    cases_of: Callable[[UploadedList, ListedCells], list[Any]]
    take_in: TakeIn
    nobody: Any

    def look(self, meeting: Meeting, *, cases: Sequence[Any], actor: Actor, now: datetime) -> Report:
        """What would become of each row: done for real, looked at, and taken back."""
        with transaction.atomic():
            report = self.take_in(meeting, cases=cases, actor=actor, now=now)
            transaction.set_rollback(True)
        return report

    @transaction.atomic
    def take_in_all(self, meeting: Meeting, *, cases: Sequence[Any], seen: str, actor: Actor, now: datetime) -> Report:
        """Every row or none. `seen` is the fingerprint of the report that was looked at. Raises RowsRefused and as below."""
        report = self.take_in_good(meeting, cases=cases, seen=seen, actor=actor, now=now)
        if report.counts[RowOutcome.REFUSED]:
            raise RowsRefused
        return report

    @transaction.atomic
    def take_in_good(self, meeting: Meeting, *, cases: Sequence[Any], seen: str, actor: Actor, now: datetime) -> Report:
        """The rows that are not refused. Raises ChangedSinceLook, or NothingToTakeIn."""
        report = self.take_in(meeting, cases=cases, actor=actor, now=now)
        if report.fingerprint != seen:
            raise ChangedSinceLook
        if not report.counts[RowOutcome.NEW] + report.counts[RowOutcome.CHANGED]:
            raise NothingToTakeIn
        return report
