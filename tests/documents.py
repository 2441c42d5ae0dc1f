"""Small documents of every kind, for tests."""

import io
import zipfile

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"\0" * 40


def a_package(*parts: str, content: bytes = b"<xml/>") -> bytes:
    """A zip file with these parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for part in parts:
            package.writestr(part, content)
    return file.getvalue()


DOCX = a_package("[Content_Types].xml", "_rels/.rels", "word/document.xml")
WITH_MACROS = a_package("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin")
