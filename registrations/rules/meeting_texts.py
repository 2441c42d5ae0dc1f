"""Automatic mails in the words of a meeting: which of them a mail is, what may stand in its text, and what has to."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from registrations.enums import AutomaticMail, MessageKind


class TextPlaceholder(StrEnum):
    """What is filled in: words within a sentence, the standard subject, and whole passages that only the product can write."""

    MEETING = "meeting"
    NAME = "name"
    DELEGATION = "delegation"
    SESSION = "session"
    DAY = "day"
    TIME_LEFT = "time_left"
    NUMBER = "number"
    FOCAL_POINT = "focal_point"
    DEADLINE = "deadline"
    SENDER = "sender"
    STANDARD_SUBJECT = "standard_subject"
    WHAT_HAPPENED = "what_happened"
    WHAT_TO_DO = "what_to_do"
    DETAILS = "details"
    CHANGES = "changes"
    PEOPLE = "people"
    LINKS = "links"
    DELEGATION_PAGE = "delegation_page"
    SIGN_UP_PAGE = "sign_up_page"
    LETTER = "letter"

    @property
    def written(self) -> str:
        """As it is typed: `{details}`."""
        return f"{{{self.value}}}"


_P = TextPlaceholder


@dataclass(frozen=True)
class Wording:
    """What may stand within the sentences of subject and text; the passages that have to stand in the text, each alone on its line and in this
    order; what else may stand in the text or the subject only; and what has to stand anywhere in the text.
    """

    inline: tuple[TextPlaceholder, ...]
    passages: tuple[TextPlaceholder, ...] = (_P.DETAILS,)
    in_text: tuple[TextPlaceholder, ...] = ()
    in_subject: tuple[TextPlaceholder, ...] = ()
    needed: tuple[TextPlaceholder, ...] = ()

    @property
    def of_subject(self) -> tuple[TextPlaceholder, ...]:
        """All that may stand in the subject."""
        return (*self.inline, *self.in_subject)

    @property
    def of_text(self) -> tuple[TextPlaceholder, ...]:
        """All that may stand in the text."""
        return (*self.inline, *self.in_text, *self.passages)


_ALWAYS = (_P.MEETING, _P.NAME, _P.DELEGATION)
_OF_SESSION = (*_ALWAYS, _P.SESSION, _P.DAY)
_HAPPENED = (_P.WHAT_HAPPENED,)
_SUBJECT = (_P.STANDARD_SUBJECT,)
_TO_DO = (_P.WHAT_TO_DO, _P.DETAILS)
"""Where what the recipient has to do is another thing at each moment, it is not left to a fixed wording."""
WORDINGS: dict[AutomaticMail, Wording] = {
    AutomaticMail.RECEIVED: Wording(_ALWAYS),
    AutomaticMail.ALREADY_REGISTERED: Wording(_ALWAYS),
    AutomaticMail.INVITATION: Wording(_OF_SESSION, _TO_DO),
    AutomaticMail.CALENDAR_FILE: Wording(_ALWAYS, _TO_DO),
    AutomaticMail.WAITING: Wording(_ALWAYS),
    AutomaticMail.RETURNED: Wording(_ALWAYS),
    AutomaticMail.DECLINED: Wording(_ALWAYS),
    AutomaticMail.REMINDER: Wording((*_OF_SESSION, _P.TIME_LEFT), _TO_DO),
    AutomaticMail.INVITATION_CHANGED: Wording(_OF_SESSION, (_P.WHAT_TO_DO, _P.CHANGES), _HAPPENED, _SUBJECT, needed=_HAPPENED),
    AutomaticMail.REINSTATED: Wording(_OF_SESSION, _TO_DO),
    AutomaticMail.FILE_CHANGED: Wording(_ALWAYS, (_P.CHANGES,), in_subject=_SUBJECT),
    AutomaticMail.SESSION_CANCELLED: Wording(_OF_SESSION),
    AutomaticMail.WITHDRAWN: Wording(_OF_SESSION),
    AutomaticMail.CANCELLATION: Wording(_OF_SESSION, in_text=_HAPPENED, needed=_HAPPENED),
    AutomaticMail.FILE_OVER: Wording(_ALWAYS, (_P.CHANGES,), _HAPPENED, _SUBJECT, needed=_HAPPENED),
    AutomaticMail.WITHDRAW_QUESTION: Wording(_OF_SESSION),
    AutomaticMail.LINKS: Wording((_P.MEETING, _P.NAME), (_P.LINKS,)),
    AutomaticMail.SUMMARY: Wording((*_ALWAYS, _P.NUMBER), (_P.PEOPLE,), _HAPPENED),
    AutomaticMail.DIGEST: Wording(_ALWAYS, (_P.WHAT_TO_DO, _P.CHANGES)),
    AutomaticMail.DELEGATION_LINK: Wording(_ALWAYS, (_P.DELEGATION_PAGE,)),
    AutomaticMail.HANDED_OVER: Wording((*_ALWAYS, _P.FOCAL_POINT), passages=(), needed=(_P.FOCAL_POINT,)),
    AutomaticMail.CHASE: Wording((_P.MEETING, _P.DELEGATION, _P.DEADLINE), (_P.SIGN_UP_PAGE,)),
    AutomaticMail.FORWARDED: Wording((_P.MEETING, _P.SENDER), (_P.LETTER,)),
}
"""Every automatic mail with its placeholders."""
SITUATIONS: dict[AutomaticMail, tuple[MessageKind, dict[str, Any]]] = {
    AutomaticMail.FILE_OVER: (MessageKind.CALENDAR_FILE, {"is_over": True}),
    AutomaticMail.FILE_CHANGED: (MessageKind.CALENDAR_FILE, {"is_update": True}),
    AutomaticMail.INVITATION_CHANGED: (MessageKind.INVITATION, {"is_update": True}),
    AutomaticMail.REINSTATED: (MessageKind.INVITATION, {"is_reinstated": True}),
    AutomaticMail.SESSION_CANCELLED: (MessageKind.CANCELLATION, {"because": "session cancelled"}),
    AutomaticMail.WITHDRAWN: (MessageKind.CANCELLATION, {"because": "withdrawn"}),
}
"""The mails that say something else than others of their kind, each with what is true then; the first that fits holds."""
_BLANK = re.compile(r"\n[ \t]*\n")


@dataclass(frozen=True)
class Parts:
    """The heading, and the paragraphs before, between and after the passages that the product writes; `asks`: the first of them is there."""

    heading: str
    opening: str
    asks: bool
    middle: str
    closing: str


def kind_of(mail: AutomaticMail) -> MessageKind:
    """The kind of message that it is."""
    return SITUATIONS[mail][0] if mail in SITUATIONS else MessageKind(mail.value)


def mail_of(kind: MessageKind, facts: Mapping[str, Any]) -> AutomaticMail | None:
    """Which mail one of the kind is when these facts are told; None for a letter that somebody has written."""
    for mail, (of_kind, true_then) in SITUATIONS.items():
        if of_kind == kind and all(facts.get(name) == value for name, value in true_then.items()):
            return mail
    return AutomaticMail(kind.value) if kind.value in AutomaticMail.values else None


def lacking(text: str, *, mail: AutomaticMail) -> list[TextPlaceholder]:
    """Of the placeholders that have to stand anywhere in the text, those that do not."""
    return [placeholder for placeholder in WORDINGS[mail].needed if placeholder.written not in text]


def parts_of(text: str, *, mail: AutomaticMail) -> Parts | None:
    """The text taken apart; None unless a heading comes first and each passage stands once, alone on its line, in its order."""
    heading, *rest = _BLANK.split(text.replace("\r\n", "\n").strip(), maxsplit=1)
    passages, body, pieces = WORDINGS[mail].passages, "\n\n".join(rest), []
    for placeholder in passages:
        before, found, body = _split_at(body, placeholder)
        if not found:
            return None
        pieces.append(before)
    pieces.append(body)
    if not heading or any(placeholder.written in piece for placeholder in passages for piece in (heading, *pieces)):
        return None
    return _parts(" ".join(heading.split()), pieces)


def _parts(heading: str, pieces: list[str]) -> Parts:
    """The last piece follows all passages; where there is one passage or none, nothing stands between."""
    match pieces:
        case [opening, middle, closing]:
            return Parts(heading, opening, True, middle, closing)
        case [opening, closing]:
            return Parts(heading, opening, False, "", closing)
    return Parts(heading, pieces[0], False, "", "")


def _split_at(body: str, placeholder: TextPlaceholder) -> tuple[str, bool, str]:
    lines = body.split("\n")
    place = next((place for place, line in enumerate(lines) if line.strip() == placeholder.written), None)
    if place is None:
        return body, False, ""
    return "\n".join(lines[:place]), True, "\n".join(lines[place + 1 :])
