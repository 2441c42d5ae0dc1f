"""Uploaded lists, known by their content."""

import io
import zipfile
from datetime import date

import pytest
from openpyxl import Workbook

from registrations.importing.people_file import OF_THE_DESK, ListRefused, cells_of_file, cells_of_paste

TEXT = "Nombre;Apellido\nÍñigo;Muñoz"
CELLS = [["Nombre", "Apellido"], ["Íñigo", "Muñoz"]]


def a_workbook(*rows: list, sheets: int = 1) -> bytes:
    book = Workbook()
    for _number in range(1, sheets):
        book.create_sheet()
    for row in rows:
        book.worksheets[-1].append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    file = io.BytesIO(data)
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return file.getvalue()


def refusal(data: bytes) -> str:
    with pytest.raises(ListRefused) as refused:
        cells_of_file(data)
    return str(refused.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_csv_is_read_in_every_usual_encoding(encoding):
    assert cells_of_file(TEXT.encode(encoding)) == CELLS


def test_a_workbook_is_read_from_its_first_sheet_with_content():
    data = a_workbook(["Nombre", "Sesiones", "Fecha"], ["Ana", 1.0, date(2027, 2, 10)], [None, None, None], sheets=2)

    assert cells_of_file(data) == [["Nombre", "Sesiones", "Fecha"], ["Ana", "1", "2027-02-10"]]


def test_a_formula_is_refused_by_its_cell():
    assert refusal(a_workbook(["Nombre"], ["=1+1"])).startswith("Cell A2 contains a formula.")


@pytest.mark.parametrize(
    ("data", "beginning"),
    [
        (with_part(a_workbook(["x"]), "xl/vbaProject.bin", b"x"), "This workbook contains macros."),
        (with_part(a_workbook(["x"]), "xl/media/bomb.xml", b"0" * 16_000_000), "The list is larger than 1 MB."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and more", "This is an old Excel file (.xls) or one protected by a password."),
        (b"%PDF-1.7", "This file is neither CSV nor an Excel workbook"),
        (with_part(b"", "word/document.xml", b"x"), "This file is neither CSV nor an Excel workbook"),
        (with_part(b"", "xl/workbook.xml", b"x"), "This workbook cannot be read."),
        (b"PK\x03\x04 no archive", "This workbook cannot be read."),
        (bytes(range(32)) * 10, "This file is neither CSV nor an Excel workbook"),
        (b"x" * 1_000_001, "The list is larger than 1 MB."),
        (a_workbook(["x"] * 61), "This workbook has far more columns or lines"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_a_way_out(data, beginning):
    assert refusal(data).startswith(beginning)


def test_a_cell_far_down_is_refused_without_reading_a_million_lines():
    book = Workbook()
    book.active["A1048576"] = "x"
    file = io.BytesIO()
    book.save(file)

    assert refusal(file.getvalue()).startswith("This workbook has far more columns or lines")


def test_a_very_long_paste_is_refused():
    with pytest.raises(ListRefused):
        cells_of_paste("x" * 1_000_001)


@pytest.mark.parametrize("name", ["list.xlsx", "LIST.XLSM"])
def test_what_is_called_a_workbook_and_is_none_is_not_read_as_text(name):
    with pytest.raises(ListRefused, match="This workbook cannot be read"):
        cells_of_file(b"not a zip", name=name)


def test_a_list_at_the_desk_may_be_wider_and_longer_than_that_of_a_delegation():
    wide = a_workbook(["x"] * 61)

    assert len(cells_of_file(wide, limits=OF_THE_DESK)[0]) == 61
    with pytest.raises(ListRefused, match="far more columns"):
        cells_of_file(a_workbook(["x"] * 201), limits=OF_THE_DESK)
    with pytest.raises(ListRefused, match="larger than 5 MB"):
        cells_of_file(b"x" * 5_000_001, limits=OF_THE_DESK)


def test_blank_lines_between_people_keep_the_numbers_of_the_rows():
    data = a_workbook(["Nombre"], ["Ana"], [None], ["Eva"], [None])

    assert cells_of_file(data) == [["Nombre"], ["Ana"], [], ["Eva"]]
