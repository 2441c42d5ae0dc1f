"""PDF files set with typst, that screen readers read: tagged, with title, language and bookmarks (PDF/UA-1: ISO 14289-1)."""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path

import typst

_FONTS = Path(__file__).with_name("fonts")


def typeset(template: Path, *, inputs: Mapping[str, str], made_at: datetime) -> bytes:
    """The file that the template makes of `sys.inputs`; equal bytes on every machine, because only our fonts and typst's are used.

    A text with a character that they lack, such as a Chinese one, takes it from the machine's fonts, and then the file does not claim to be
    PDF/UA, which allows no character that nobody has.
    """
    data, moment = dict(inputs), int(made_at.timestamp())
    try:
        return typst.compile(template, sys_inputs=data, timestamp=moment, font_paths=_fonts(), ignore_system_fonts=True, pdf_standards="ua-1")
    except typst.TypstError:
        return typst.compile(template, sys_inputs=data, timestamp=moment, font_paths=[_FONTS])


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, font_paths=[_FONTS])
