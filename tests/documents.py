"""Small documents of every kind, for tests."""

import io
import zipfile

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"\0" * 40


def with_bytes(package: bytes, *, at: int, value: int) -> bytes:
    """The zip file with one byte changed in each entry of its directory, counted from the entry's beginning."""
    changed, start = bytearray(package), package.find(b"PK\x01\x02")
    while start >= 0:
        changed[start + at] = value
        start = package.find(b"PK\x01\x02", start + 4)
    return bytes(changed)


def a_package(*parts: str, content: bytes = b"<xml/>") -> bytes:
    """A zip file with these parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for part in parts:
            package.writestr(part, content)
    return file.getvalue()


DOCX = a_package("[Content_Types].xml", "_rels/.rels", "word/document.xml")
ENCRYPTED = with_bytes(DOCX, at=8, value=1)
OF_A_FUTURE_VERSION = with_bytes(DOCX, at=6, value=99)
WITH_PASSWORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")
WITH_MACROS = a_package("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin")
