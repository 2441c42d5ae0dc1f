"""Which wording a reader gets of a text that is kept in English and Spanish."""

from dataclasses import dataclass


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
