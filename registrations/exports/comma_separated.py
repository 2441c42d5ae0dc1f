"""A table as CSV that Excel opens with its accents and in which no cell is ever run as a formula."""

import csv
from collections.abc import Generator, Iterable, Iterator
from datetime import datetime

from registrations.exports.participant_columns import Cell
from registrations.exports.participant_table import Table

BYTE_ORDER_MARK = "\ufeff"
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class Line:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text


def csv_lines(table: Table) -> Generator[str, None, None]:
    """The table line by line (RFC 4180), beginning with a byte order mark."""
    return lines([column.header for column in table.columns], rows=table.rows())


def lines(headers: Iterable[str], *, rows: Iterator[list[Cell]]) -> Generator[str, None, None]:
    """The same of any headers and rows."""
    writer = csv.writer(Line(), quoting=csv.QUOTE_ALL)
    yield BYTE_ORDER_MARK + writer.writerow(headers)
    for row in rows:
        yield writer.writerow([harmless(cell) for cell in row])


def harmless(cell: Cell) -> str:
    """The cell as text; an apostrophe in front keeps a spreadsheet from running it (OWASP, "CSV injection")."""
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d %H:%M}"
    text = str(cell)
    return f"'{text}" if text.startswith(_STARTS_A_FORMULA) else text
