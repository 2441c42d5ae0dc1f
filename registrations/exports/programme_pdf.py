"""The programme as a PDF to print and to send round, set with typst (PDF/UA-1: ISO 14289-1)."""

import json
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import typst

from registrations.exports.programme_document import programme_document
from registrations.models import Meeting

_TEMPLATE = Path(__file__).with_name("programme.typ")
_FONTS = Path(__file__).with_name("fonts")


class Paper(StrEnum):
    """The sheets on which the world prints, under typst's names."""

    A4 = "a4"
    LETTER = "us-letter"


def programme_pdf(meeting: Meeting, *, language: str, paper: Paper) -> bytes:
    """The programme in one language; equal bytes on every machine as long as the meeting's `version` stays.

    Tagged, and valid PDF/UA-1 unless a text holds characters for which none of our fonts has a glyph.
    """
    return _set(
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"programme": json.dumps(programme_document(meeting, language=language)), "paper": paper.value},
        timestamp=int(meeting.changed_at.timestamp()),
    )


def _set(**options: Any) -> bytes:
    try:
        file: bytes = typst.compile(_TEMPLATE, pdf_standards="ua-1", **options)
    except typst.TypstError:  # the standard refuses a missing glyph; a box in its place is better than no programme
        file = typst.compile(_TEMPLATE, **options)
    return file


@cache
def _fonts() -> typst.Fonts:
    """Those beside this module and those that typst brings; none of the machine's."""
    return typst.Fonts(include_system_fonts=False, font_paths=[_FONTS])
