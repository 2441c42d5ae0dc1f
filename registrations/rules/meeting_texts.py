"""Automatic mails whose wording a meeting may adapt: what has to stand in them, and where."""

import re
from dataclasses import dataclass
from enum import StrEnum

from registrations.enums import MessageKind


class TextPlaceholder(StrEnum):
    """What is filled in. The last two are whole passages that only the product can write, each on a line of its own."""

    MEETING = "meeting"
    NAME = "name"
    DELEGATION = "delegation"
    SESSION = "session"
    DAY = "day"
    TIME_LEFT = "time_left"
    WHAT_TO_DO = "what_to_do"
    DETAILS = "details"

    @property
    def written(self) -> str:
        """As it is typed: `{details}`."""
        return f"{{{self.value}}}"


_ALWAYS = (TextPlaceholder.MEETING, TextPlaceholder.NAME, TextPlaceholder.DELEGATION)
_OF_SESSION = (*_ALWAYS, TextPlaceholder.SESSION, TextPlaceholder.DAY)
INLINE: dict[MessageKind, tuple[TextPlaceholder, ...]] = {
    MessageKind.RECEIVED: _ALWAYS,
    MessageKind.INVITATION: _OF_SESSION,
    MessageKind.CALENDAR_FILE: _ALWAYS,
    MessageKind.WAITING: _ALWAYS,
    MessageKind.DECLINED: _ALWAYS,
    MessageKind.RETURNED: _ALWAYS,
    MessageKind.REMINDER: (*_OF_SESSION, TextPlaceholder.TIME_LEFT),
}
"""The kinds that can be adapted, each with what may stand within its sentences."""
_DEPENDING = {MessageKind.INVITATION, MessageKind.CALENDAR_FILE, MessageKind.REMINDER}
"""What the recipient has to do is another thing at each moment, so it is not left to a fixed wording."""
_BLANK = re.compile(r"\n[ \t]*\n")


@dataclass(frozen=True)
class Parts:
    """The heading, and the paragraphs before, between and after the passages that the product writes; `asks`: the first of them is there."""

    heading: str
    opening: str
    asks: bool
    middle: str
    closing: str


def required(kind: MessageKind) -> tuple[TextPlaceholder, ...]:
    """The passages that have to stand in the text, in this order."""
    return (TextPlaceholder.WHAT_TO_DO, TextPlaceholder.DETAILS) if kind in _DEPENDING else (TextPlaceholder.DETAILS,)


def parts_of(text: str, *, kind: MessageKind) -> Parts | None:
    """The text taken apart; None unless a heading comes first and each required passage stands once, alone on its line, in its order."""
    heading, *rest = _BLANK.split(text.replace("\r\n", "\n").strip(), maxsplit=1)
    body, pieces = "\n\n".join(rest), []
    for placeholder in required(kind):
        before, found, body = _split_at(body, placeholder)
        if not found:
            return None
        pieces.append(before)
    if not heading or any(placeholder.written in each for placeholder in required(kind) for each in (heading, *pieces, body)):
        return None
    *first, last = pieces
    return Parts(" ".join(heading.split()), first[0] if first else last, bool(first), last if first else "", body)


def _split_at(body: str, placeholder: TextPlaceholder) -> tuple[str, bool, str]:
    lines = body.split("\n")
    place = next((place for place, line in enumerate(lines) if line.strip() == placeholder.written), None)
    if place is None:
        return body, False, ""
    return "\n".join(lines[:place]), True, "\n".join(lines[place + 1 :])
