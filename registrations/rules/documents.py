"""Which documents are taken, told by their content and not by their name."""

import unicodedata
from enum import StrEnum

from registrations.rules.packages import OLD_CONTAINER, read_package

MOST_BYTES = 10 * 1024 * 1024
_MOST_UNPACKED_BYTES = 20 * MOST_BYTES
_LONGEST_NAME = 120


class ContentType(StrEnum):
    """The kinds that are taken."""

    PDF = "application/pdf"
    JPEG = "image/jpeg"
    PNG = "image/png"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class Fault(StrEnum):
    """Why a document is not taken."""

    EMPTY = "empty"
    TOO_LARGE = "too large"
    MACROS = "macros"
    PROTECTED = "protected"
    UNKNOWN = "unknown"


EXTENSIONS = {ContentType.PDF: ".pdf", ContentType.JPEG: ".jpg", ContentType.PNG: ".png", ContentType.DOCX: ".docx"}
_SIGNATURES = {ContentType.PDF: b"%PDF-", ContentType.JPEG: b"\xff\xd8\xff", ContentType.PNG: b"\x89PNG\r\n\x1a\n"}
_WITH_PASSWORD = "EncryptedPackage".encode("utf-16-le")
_DOCX_PARTS = {"[Content_Types].xml", "word/document.xml"}


def content_type_of(content: bytes) -> ContentType | Fault:
    """What the bytes are, or why they are not taken."""
    if not content:
        return Fault.EMPTY
    if len(content) > MOST_BYTES:
        return Fault.TOO_LARGE
    for kind, signature in _SIGNATURES.items():
        if content.startswith(signature):
            return kind
    if content.startswith(OLD_CONTAINER) and _WITH_PASSWORD in content:  # Word puts a document with a password into one of these
        return Fault.PROTECTED
    return _content_type_of_package(content)


def clean_file_name(name: str, *, content_type: ContentType) -> str:
    """A name that is safe to offer for saving: without folders and invisible characters, with the extension of what it really is."""
    last = name.replace("\\", "/").rpartition("/")[2]
    visible = "".join(c for c in last if unicodedata.category(c)[0] != "C")
    stem = " ".join(visible.rpartition(".")[0].split() if "." in visible else visible.split())
    return (stem.strip(" .")[:_LONGEST_NAME] or "document") + EXTENSIONS[content_type]


def _content_type_of_package(content: bytes) -> ContentType | Fault:
    package = read_package(content)
    if package is None:
        return Fault.UNKNOWN
    if package.is_encrypted:
        return Fault.PROTECTED
    if package.has_macros:
        return Fault.MACROS
    is_plausible = package.unpacked_bytes <= _MOST_UNPACKED_BYTES
    return ContentType.DOCX if is_plausible and package.names >= _DOCX_PARTS else Fault.UNKNOWN
