"""A table as an XLSX file. Every text stays a text: nothing typed by a participant is a formula or a link."""

from contextlib import ExitStack
from datetime import datetime
from tempfile import TemporaryFile
from typing import IO, Any

from xlsxwriter import Workbook

from registrations.exports.participant_columns import Cell
from registrations.exports.participant_table import Table

_OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "remove_timezone": True}


def xlsx(table: Table, *, title: str) -> IO[bytes]:
    """An open temporary file, at its beginning; it is gone when closed. `title` names the sheet."""
    with ExitStack() as unless_finished:
        file = unless_finished.enter_context(TemporaryFile())
        with Workbook(file, _OPTIONS) as book:
            heading, moment = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
            _fill(book.add_worksheet(title[:31]), table, heading=heading, moment=moment)
        file.seek(0)
        unless_finished.pop_all()  # whoever sends it closes it
    return file


def _fill(sheet: Any, table: Table, *, heading: Any, moment: Any) -> None:
    for index, column in enumerate(table.columns):
        sheet.set_column(index, index, column.width)
    sheet.freeze_panes(1, 0)
    sheet.write_row(0, 0, [column.header for column in table.columns], heading)
    number = 0
    for number, row in enumerate(table.rows(), start=1):
        for index, cell in enumerate(row):
            _write(sheet, number, index, cell, moment=moment)
    sheet.autofilter(0, 0, number, len(table.columns) - 1)


def _write(sheet: Any, row: int, column: int, cell: Cell, *, moment: Any) -> None:
    if isinstance(cell, datetime):
        sheet.write_datetime(row, column, cell, moment)
    elif isinstance(cell, int):
        sheet.write_number(row, column, cell)
    elif cell:
        sheet.write_string(row, column, cell)
