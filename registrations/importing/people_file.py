"""The cells of an uploaded CSV or XLSX file. Recognized by its content; whatever could do harm is refused."""

import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.utils.translation import gettext_lazy as _
from openpyxl import load_workbook

from registrations.importing.people_table import Cells, cells_of
from registrations.rules.packages import OLD_CONTAINER, read_package

MOST_ROWS = 200
MOST_BYTES = 1_000_000
_OTHER_FILES = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf", b"\x7fELF", b"MZ", b"\x1f\x8b")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f]")

TOO_LARGE = _("The list is larger than 1 MB. Divide it into several parts, or remove pictures and formatting.")
TOO_MANY_ROWS = _("A list takes 200 rows at most. Divide it into several lists.")
_NOT_A_TABLE = _("This file is neither CSV nor an Excel workbook (.xlsx). Save the list as one of these, or paste it as text.")
_OLD = _(
    "This is an old Excel file (.xls) or one protected by a password. Save it as an Excel workbook (.xlsx) without a password, or paste the rows."
)
_MACROS = _("This workbook contains macros. Save it as an Excel workbook without macros (.xlsx), or paste the rows.")
_FORMULA = _("Cell %(cell)s contains a formula. Paste the rows as values only, or replace the formula by its result.")
_BROKEN = _("This workbook cannot be read. Save it again as an Excel workbook (.xlsx) or as CSV, or paste the rows.")
_TOO_WIDE = _("This workbook has far more columns or lines than a list of people. Copy the list alone to a new workbook, or paste the rows.")


@dataclass(frozen=True)
class Limits:
    """How large a list may be: bytes of the file, or of all cells of a sheet; bytes that a workbook unpacks to; lines, columns; and the refusal."""

    size: int
    unpacked: int
    lines: int
    columns: int
    too_large: Any


OF_A_DELEGATION = Limits(MOST_BYTES, 15_000_000, 2_000, 60, TOO_LARGE)
OF_THE_DESK = Limits(
    5_000_000, 60_000_000, 10_100, 200, _("The list is larger than 5 MB. Divide it into several parts, or remove pictures and formatting.")
)


class ListRefused(Exception):
    """The list cannot be taken; `str()` is the sentence to show, in the active language. Nothing was written."""

    def __init__(self, sentence: Any, **facts: str) -> None:
        super().__init__()
        self.sentence, self.facts = sentence, facts

    def __str__(self) -> str:
        return str(self.sentence) % self.facts if self.facts else str(self.sentence)


def cells_of_file(data: bytes, *, name: str = "", limits: Limits = OF_A_DELEGATION) -> list[Cells]:
    """The cells of the file line by line, of a workbook's first sheet that holds anything; a blank line has none. Raises ListRefused.

    What it is, its content says; only what is called a workbook and is none is refused instead of being read as text.
    """
    if len(data) > limits.size:
        raise ListRefused(limits.too_large)
    if data.startswith(OLD_CONTAINER):
        raise ListRefused(_OLD)
    if data.startswith(b"PK"):
        return _of_workbook(data, limits=limits)
    if data.startswith(_OTHER_FILES):
        raise ListRefused(_NOT_A_TABLE)
    if name.lower().endswith((".xlsx", ".xlsm")):
        raise ListRefused(_BROKEN)
    return _of_text(_decoded(data))


def cells_of_paste(text: str) -> list[Cells]:
    """The cells of what was pasted. Raises ListRefused."""
    if len(text.encode(errors="replace")) > MOST_BYTES:
        raise ListRefused(TOO_LARGE)
    return _of_text(text)


def _of_text(text: str) -> list[Cells]:
    if 20 * len(_CONTROLS.findall(text)) > len(text):
        raise ListRefused(_NOT_A_TABLE)
    try:
        return cells_of(text)
    except ValueError as trouble:
        raise ListRefused(_NOT_A_TABLE) from trouble


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _of_workbook(data: bytes, *, limits: Limits) -> list[Cells]:
    _refuse_unless_plain(data, limits=limits)
    try:
        workbook = load_workbook(io.BytesIO(data), read_only=True)
        for sheet in workbook.worksheets:
            sheet.reset_dimensions()  # what the file says of its size need not be true
            cells = _of_sheet(sheet.iter_rows(), limits=limits)
            if cells:
                return cells
    except ListRefused:
        raise
    except Exception as trouble:  # a broken workbook provokes any kind of error in the library
        raise ListRefused(_BROKEN) from trouble
    return []


def _refuse_unless_plain(data: bytes, *, limits: Limits) -> None:
    package = read_package(data)
    if package is None:
        raise ListRefused(_BROKEN)
    if "xl/workbook.xml" not in package.names:
        raise ListRefused(_NOT_A_TABLE)
    if package.has_macros:
        raise ListRefused(_MACROS)
    if package.unpacked_bytes > limits.unpacked:
        raise ListRefused(limits.too_large)


def _of_sheet(rows: Iterable[Any], *, limits: Limits) -> list[Cells]:
    found: list[Cells] = []
    size = last = 0
    for index, row in enumerate(rows):
        if index >= limits.lines or len(row) > limits.columns:
            raise ListRefused(_TOO_WIDE)
        cells = [_text(cell) for cell in row]
        size += sum(map(len, cells))
        if size > limits.size:
            raise ListRefused(limits.too_large)
        is_blank = not any(cell.strip() for cell in cells)
        found.append([] if is_blank else cells)
        last = last if is_blank else index + 1
    return found[:last]


def _text(cell: Any) -> str:
    value = cell.value
    if cell.data_type == "f":
        raise ListRefused(_FORMULA, cell=cell.coordinate)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    if isinstance(value, datetime | date | time):
        return value.isoformat(sep=" ", timespec="minutes") if isinstance(value, datetime) else value.isoformat()
    return "" if value is None else str(value)
