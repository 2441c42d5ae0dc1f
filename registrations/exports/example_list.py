"""A list to be filled in: a workbook with nothing but its headings."""

from collections.abc import Sequence
from io import BytesIO

from xlsxwriter import Workbook

_NARROWEST = 24


def example_list(headings: Sequence[str], *, title: str) -> bytes:
    """The workbook (XLSX); `title` names the sheet."""
    file = BytesIO()
    with Workbook(file, {"in_memory": True}) as book:
        sheet, bold = book.add_worksheet(title[:31]), book.add_format({"bold": True})
        for index, heading in enumerate(headings):
            sheet.set_column(index, index, max(_NARROWEST, len(heading) + 4))
            sheet.write_string(0, index, heading, bold)
        sheet.freeze_panes(1, 0)
    return file.getvalue()
