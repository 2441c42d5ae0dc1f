import pytest

from registrations.rules.documents import MOST_BYTES, ContentType, Fault, clean_file_name, content_type_of
from tests.documents import DOCX, ENCRYPTED, JPEG, OF_A_FUTURE_VERSION, PDF, PNG, WITH_MACROS, WITH_PASSWORD, a_package


@pytest.mark.parametrize(
    ("content", "kind"),
    [(PDF, ContentType.PDF), (PNG, ContentType.PNG), (JPEG, ContentType.JPEG), (DOCX, ContentType.DOCX), (PDF + b"<html>", ContentType.PDF)],
)
def test_a_document_is_known_by_its_content(content, kind):
    assert content_type_of(content) == kind


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", Fault.EMPTY),
        (PDF.ljust(MOST_BYTES + 1), Fault.TOO_LARGE),
        (WITH_MACROS, Fault.MACROS),
        (a_package("[Content_Types].xml", "word/document.xml", "word/vbaProject1.bin"), Fault.MACROS),
        (ENCRYPTED, Fault.PROTECTED),
        (WITH_PASSWORD, Fault.PROTECTED),
        (OF_A_FUTURE_VERSION, Fault.UNKNOWN),
        (b"<!doctype html><script>alert(1)</script>" + DOCX, Fault.UNKNOWN),
        (b"MZ\x90\x00" + DOCX, Fault.UNKNOWN),
        (b"<!doctype html><script>alert(1)</script>", Fault.UNKNOWN),
        (b"MZ\x90\x00", Fault.UNKNOWN),
        (b"PK\x03\x04 broken", Fault.UNKNOWN),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, Fault.UNKNOWN),
        (a_package("[Content_Types].xml", "xl/workbook.xml"), Fault.UNKNOWN),
        (a_package("[Content_Types].xml", "word/document.xml", content=b"\0" * 110 * 1024 * 1024), Fault.UNKNOWN),
        (b"GIF89a", Fault.UNKNOWN),
        (b" %PDF-1.4", Fault.UNKNOWN),
    ],
    ids=[
        "empty",
        "large",
        "macros",
        "macros by another name",
        "encrypted",
        "password",
        "future zip",
        "page with a zip",
        "program with a zip",
        "html",
        "program",
        "broken zip",
        "old Word",
        "workbook",
        "zip bomb",
        "gif",
        "late signature",
    ],
)
def test_anything_else_is_not_taken(content, fault):
    assert content_type_of(content) == fault


def test_the_largest_document_is_taken():
    assert content_type_of(PDF.ljust(MOST_BYTES)) == ContentType.PDF


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("Nota verbal 12-2027.pdf", "Nota verbal 12-2027.pdf"),
        ("nota.html", "nota.pdf"),
        ("..\\..\\etc/passwd", "passwd.pdf"),
        ("a\u202efdp.exe", "afdp.pdf"),
        ("\0\n.pdf", "document.pdf"),
        ("", "document.pdf"),
        ("ñ" * 300 + ".pdf", "ñ" * 120 + ".pdf"),
    ],
)
def test_a_file_is_offered_under_a_name_that_harms_nobody(name, clean):
    assert clean_file_name(name, content_type=ContentType.PDF) == clean
