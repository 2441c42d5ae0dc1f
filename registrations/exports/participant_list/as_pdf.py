"""The list of participants as a PDF that screen readers read: tagged, with title, language and bookmarks (PDF/UA-1, ISO 14289-1)."""

import json
from pathlib import Path

import typst

from registrations.rules.list_content import ListDocument

_LAYOUT = Path(__file__).with_name("list.typ")


def as_pdf(document: ListDocument) -> bytes:
    """The same bytes on every machine, because only typst's own fonts are used.

    A character that they lack, such as a Chinese one, is taken from the machine's fonts; PDF/UA does not allow one that nobody has.
    """
    data = {"list": json.dumps(document)}
    try:
        return typst.compile(_LAYOUT, sys_inputs=data, ignore_system_fonts=True, pdf_standards="ua-1")
    except typst.TypstError:
        return typst.compile(_LAYOUT, sys_inputs=data)
