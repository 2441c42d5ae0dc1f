"""What became of the rows of a list, or would, in the organizer's words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy

from registrations.enums import RowOutcome
from registrations.importing.kind_of_list import Report
from registrations.models import Meeting
from registrations.queries.change_words import ChangeLine

_LISTED = 200
_HEADINGS = {
    RowOutcome.REFUSED: gettext_lazy("Refused rows"),
    RowOutcome.CHANGED: gettext_lazy("Changed rows"),
    RowOutcome.NEW: gettext_lazy("New rows"),
    RowOutcome.UNCHANGED: gettext_lazy("Rows that change nothing"),
}


@dataclass(frozen=True)
class RowWords:
    """One row: who it is about, what changes by the names of the fields, and what else there is to say of it."""

    number: int
    who: list[str]
    changes: list[ChangeLine]
    remarks: list[str]


@dataclass(frozen=True)
class Part:
    """The rows with one outcome: how many there are, and the first of them; `remark` stands above what is said of each."""

    outcome: RowOutcome
    heading: str
    remark: str
    number: int
    rows: list[RowWords]

    @property
    def unlisted(self) -> int:
        return self.number - len(self.rows)


class ImportWords:
    """One kind of list at one meeting. `headings` stand above `who`, `remark` above what is said of new rows."""

    headings: Sequence[Any]
    remark: Any

    def __init__(self, meeting: Meeting) -> None:
        self.meeting = meeting

    # --- what differs between the kinds -----------------------------------------------------------------------------------
    def who(self, row: Any) -> list[str]:
        raise NotImplementedError

    def remarks(self, row: Any) -> list[str]:
        """What is said of a row that is taken in, beside its changes."""
        raise NotImplementedError

    def changes(self, row: Any) -> list[ChangeLine]:
        raise NotImplementedError

    def done(self, report: Report) -> str:
        """What was done, in one sentence."""
        raise NotImplementedError

    # --- the report -----------------------------------------------------------------------------------------------------
    def parts(self, report: Report) -> list[Part]:
        """The report as the page lists it, what has to be looked at first."""
        return [self._part(report.of(outcome), outcome) for outcome in _HEADINGS]

    def line(self, row: Any) -> list[str | int]:
        """The row as a line of the report's file."""
        words = self._row(row)
        changes = [f"{line.field}: {line.before} → {line.after}" for line in words.changes]
        return [row.number, *words.who, str(row.outcome.label), "; ".join([*changes, *words.remarks])]

    def _part(self, rows: list[Any], outcome: RowOutcome) -> Part:
        listed = [] if outcome == RowOutcome.UNCHANGED else rows[:_LISTED]
        above = {RowOutcome.NEW: self.remark, RowOutcome.CHANGED: gettext_lazy("What changes")}
        remark = str(above.get(outcome, gettext_lazy("Why")))
        return Part(outcome, str(_HEADINGS[outcome]), remark, len(rows), [self._row(row) for row in listed])

    def _row(self, row: Any) -> RowWords:
        return RowWords(row.number, self.who(row), self.changes(row), [*self.remarks(row), *row.reasons])


def mail_words(report: Report) -> list[tuple[str, int]]:
    """The kinds of the mails that would be owed, with their numbers."""
    return [(str(kind.label), number) for kind, number in sorted(report.mails.items(), key=lambda pair: -pair[1])]
