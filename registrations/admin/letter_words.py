"""Letters at the desk in words: their placeholders, how they look to a recipient, how many they are."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from registrations.admin.language_names import language_name
from registrations.admin.mail_parts import mail_parts
from registrations.enums import Outcome
from registrations.models import Letter, OutboxMessage, Participant
from registrations.outbox import letter_to
from registrations.rules.placeholders import Placeholder

_MEANINGS: dict[Placeholder, Any] = {
    Placeholder.NAME: _("given names and family names"),
    Placeholder.NAME_WITH_TITLE: _("the same with the courtesy title"),
    Placeholder.DELEGATION: _("State or organization, in the language of the letter"),
    Placeholder.REFERENCE: _("reference of the registration"),
    Placeholder.PERSONAL_PAGE: _("address of the personal page"),
    Placeholder.MEETING: _("title of the meeting"),
    Placeholder.DATES: _("days of the meeting"),
}
OUTCOMES: dict[Outcome, Any] = {
    Outcome.FAILED: pgettext_lazy("mails of a letter", "failed"),
    Outcome.BOUNCED: pgettext_lazy("mails of a letter", "came back"),
    Outcome.UNCERTAIN: pgettext_lazy("mails of a letter", "in doubt"),
    Outcome.OWED: pgettext_lazy("mails of a letter", "to be sent"),
    Outcome.SENT: pgettext_lazy("mails of a letter", "sent"),
    Outcome.CANCELLED: pgettext_lazy("mails of a letter", "not sent"),
}
"""The words for a number of mails; those of the enumeration are for one."""
LANGUAGES = [code for code, _name in settings.LANGUAGES]


def placeholder_lines() -> list[tuple[str, Any]]:
    """Each placeholder as it is typed, with what stands there in the letter."""
    return [(placeholder.written, meaning) for placeholder, meaning in _MEANINGS.items()]


@dataclass(frozen=True)
class LetterPreview:
    """The letter to one recipient in one language."""

    language: str
    name: str
    subject: str
    text: str


def message_for(letter: Letter, person: Participant, *, language: str, now: datetime) -> OutboxMessage:
    """The mail to the recipient as it would be in the language; it is never saved."""
    message = letter_to(person, letter, now=now)
    message.language = language
    return message


def previews(letter: Letter, person: Participant, *, now: datetime) -> Iterator[LetterPreview]:
    """The letter to the recipient in each language; in one without a text there is nothing to be seen."""
    for code in LANGUAGES:
        parts = mail_parts(message_for(letter, person, language=code, now=now), now=now) if getattr(letter, f"text_{code}") else None
        yield LetterPreview(code, language_name(code), parts.subject if parts else "", parts.text if parts else "")


def counted(numbers: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    """Numbers by language with the language's name."""
    return [(language_name(code), number) for code, number in numbers]
