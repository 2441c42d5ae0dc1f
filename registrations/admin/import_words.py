"""What became of the rows of a list, or would, in the organizer's words."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy

from registrations.enums import RowOutcome
from registrations.importing.people_import import Report, RowReport
from registrations.models import Meeting
from registrations.queries.change_words import ChangeLine, change_lines

_LISTED = 200
_HEADINGS = {
    RowOutcome.REFUSED: gettext_lazy("Refused rows"),
    RowOutcome.CHANGED: gettext_lazy("Changed rows"),
    RowOutcome.NEW: gettext_lazy("New rows"),
    RowOutcome.UNCHANGED: gettext_lazy("Rows that change nothing"),
}


@dataclass(frozen=True)
class RowWords:
    """One row with its changes by the names of the fields."""

    row: RowReport
    changes: list[ChangeLine]


@dataclass(frozen=True)
class Part:
    """The rows with one outcome: how many there are, and the first of them."""

    outcome: RowOutcome
    heading: str
    number: int
    rows: list[RowWords]

    @property
    def unlisted(self) -> int:
        return self.number - len(self.rows)


def parts_of(report: Report, *, meeting: Meeting) -> list[Part]:
    """The report as the page lists it, what has to be looked at first."""
    return [_part(report.of(outcome), outcome, meeting=meeting) for outcome in _HEADINGS]


def _part(rows: list[RowReport], outcome: RowOutcome, *, meeting: Meeting) -> Part:
    listed = [] if outcome == RowOutcome.UNCHANGED else rows[:_LISTED]
    words = [RowWords(row, list(change_lines(row.changes, meeting=meeting))) for row in listed]
    return Part(outcome, str(_HEADINGS[outcome]), len(rows), words)


def report_row(row: RowReport, *, meeting: Meeting) -> list[str | int]:
    """The row as a line of the report's file."""
    changes = [f"{line.field}: {line.before} → {line.after}" for line in change_lines(row.changes, meeting=meeting)]
    details = [str(row.status.label)] if row.status else [*changes, *row.reasons]
    return [row.number, row.name, row.delegation, str(row.outcome.label), "; ".join(details)]


def mail_words(report: Report) -> list[tuple[str, int]]:
    """The kinds of the mails that would be owed, with their numbers."""
    return [(str(kind.label), number) for kind, number in sorted(report.mails.items(), key=lambda pair: -pair[1])]
