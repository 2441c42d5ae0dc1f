"""What became of the rows of a list, or would, in the organizer's words."""

from dataclasses import dataclass

from registrations.enums import RowOutcome
from registrations.importing.people_import import Report, RowReport
from registrations.models import Meeting
from registrations.queries.change_words import ChangeLine, change_lines

_LISTED = 200


@dataclass(frozen=True)
class RowWords:
    """One row with its changes by the names of the fields."""

    row: RowReport
    changes: list[ChangeLine]


@dataclass(frozen=True)
class Part:
    """The rows with one outcome: the first of them, and how many more there are."""

    outcome: RowOutcome
    rows: list[RowWords]
    unlisted: int


def shown(report: Report, outcome: RowOutcome, *, meeting: Meeting) -> Part:
    """The rows with this outcome as the page lists them."""
    rows = report.of(outcome)
    return Part(outcome, [RowWords(row, list(change_lines(row.changes, meeting=meeting))) for row in rows[:_LISTED]], max(len(rows) - _LISTED, 0))


def report_row(row: RowReport, *, meeting: Meeting) -> list[str | int]:
    """The row as a line of the report's file."""
    changes = [f"{line.field}: {line.before} → {line.after}" for line in change_lines(row.changes, meeting=meeting)]
    details = [str(row.status.label)] if row.status else [*changes, *row.reasons]
    return [row.number, row.name, row.delegation, str(row.outcome.label), "; ".join(details)]


def mail_words(report: Report) -> list[tuple[str, int]]:
    """The kinds of the mails that would be owed, with their numbers."""
    return [(str(kind.label), number) for kind, number in sorted(report.mails.items(), key=lambda pair: -pair[1])]
