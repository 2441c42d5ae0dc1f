"""Which wording a reader gets of a text that is kept in English and Spanish."""

import re
from dataclasses import dataclass

_BLANK_LINE = re.compile(r"\n\s*\n")


@dataclass(frozen=True)
class Wording:
    """A text and the language that it is in."""

    text: str
    language: str


def wording(english: str, spanish: str, *, language: str) -> Wording:
    """The text in the language, or in the other one where that is all there is."""
    first, second = Wording(english, "en"), Wording(spanish, "es")
    if language == "es":
        first, second = second, first
    return first if first.text or not second.text else second


def wording_of(record: object, field: str, *, language: str) -> Wording:
    """The wording of a translated field, e.g. `wording_of(session, "title", language="es")`."""
    return wording(getattr(record, f"{field}_en"), getattr(record, f"{field}_es"), language=language)


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a long text; a blank line begins a new one."""
    return [paragraph.strip() for paragraph in _BLANK_LINE.split(text) if paragraph.strip()]


def points(text: str) -> list[str]:
    """The points of a text of one point a line."""
    return [line.strip() for line in text.splitlines() if line.strip()]
