"""The texts of automatic mails at the desk: to whom they go, what their placeholders mean, how they look."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from registrations.admin.language_names import language_name
from registrations.admin.letter_words import LANGUAGES
from registrations.enums import AutomaticMail
from registrations.mail.adapted import reworded
from registrations.mail.letter import Letter
from registrations.mail.standard_texts import sample
from registrations.models import Meeting
from registrations.rules.meeting_texts import WORDINGS, TextPlaceholder

_MEANINGS: dict[TextPlaceholder, Any] = {
    TextPlaceholder.MEETING: _("title of the meeting"),
    TextPlaceholder.NAME: _("name of the recipient"),
    TextPlaceholder.DELEGATION: _("State or organization, in the language of the mail"),
    TextPlaceholder.SESSION: _("title of the session"),
    TextPlaceholder.DAY: _("day of the session"),
    TextPlaceholder.TIME_LEFT: _("time left until the session begins"),
    TextPlaceholder.NUMBER: _("number of participants"),
    TextPlaceholder.FOCAL_POINT: _("name of the new focal point"),
    TextPlaceholder.DEADLINE: _("day, and hour if there is one, until which one can register"),
    TextPlaceholder.SENDER: _("address from which the letter came"),
    TextPlaceholder.STANDARD_SUBJECT: _("the standard subject, which says what has happened; in the subject only"),
    TextPlaceholder.WHAT_HAPPENED: _("the sentence of the standard text that says what has happened; not in the subject"),
    TextPlaceholder.WHAT_TO_DO: _("what the recipient has to do at that moment; alone on its line"),
    TextPlaceholder.DETAILS: _("all data of the mail: session and hours, reason, reference, personal page; alone on its line"),
    TextPlaceholder.CHANGES: _("what has changed, with all data of the mail; alone on its line"),
    TextPlaceholder.PEOPLE: _("the participants with their references; alone on its line"),
    TextPlaceholder.LINKS: _("the links to the delegations’ pages and to the personal pages; alone on its line"),
    TextPlaceholder.DELEGATION_PAGE: _("the link to the delegation’s page, and what it is for; alone on its line"),
    TextPlaceholder.SIGN_UP_PAGE: _("the link to the sign-up form, with days and place of the meeting; alone on its line"),
    TextPlaceholder.LETTER: _("the letter, with sender and subject; alone on its line"),
}
_TO_FOCAL_POINTS = (AutomaticMail.SUMMARY, AutomaticMail.DIGEST, AutomaticMail.DELEGATION_LINK, AutomaticMail.HANDED_OVER)
_TO_OTHERS = (AutomaticMail.CHASE, AutomaticMail.FORWARDED)
RECIPIENTS = (
    (_("To participants"), [mail for mail in AutomaticMail if mail not in (*_TO_FOCAL_POINTS, *_TO_OTHERS)]),
    (_("To focal points of delegations"), list(_TO_FOCAL_POINTS)),
    (_("To others: those who have not answered, and the secretariat"), list(_TO_OTHERS)),
)
"""Every automatic mail under those to whom it goes."""
_KEPT = "typed_texts"


@dataclass(frozen=True)
class TextPreview:
    """A mail in one language."""

    language: str
    name: str
    subject: str
    text: str


class TypedTexts:
    """What was typed last for a mail and is not saved, in the session of whoever typed it."""

    def __init__(self, session: Any, meeting: Meeting, mail: AutomaticMail) -> None:
        self._session, self._of = session, [meeting.pk, mail.value]

    def keep(self, texts: Mapping[str, str]) -> str:
        """Keeps these in the place of what was kept before; returns the mark by which they are found again."""
        mark = sha256(repr(sorted(texts.items())).encode()).hexdigest()[:16]
        self._session[_KEPT] = {"of": self._of, "mark": mark, "texts": dict(texts)}
        return mark

    def kept(self, mark: str) -> Mapping[str, str] | None:
        """The texts with this mark; None where others were typed since."""
        kept: dict[str, Any] = self._session.get(_KEPT, {})
        return kept["texts"] if (kept.get("of"), kept.get("mark")) == (self._of, mark) else None


def placeholder_lines(mail: AutomaticMail) -> list[tuple[str, Any, bool]]:
    """Each placeholder of the mail as it is typed, with what stands there, and whether the text has to have it."""
    wording = WORDINGS[mail]
    return [(each.written, _MEANINGS[each], each in (*wording.passages, *wording.needed)) for each in (*wording.in_subject, *wording.of_text)]


def previews(meeting: Meeting, mail: AutomaticMail, texts: Mapping[str, str]) -> Iterator[TextPreview]:
    """The mail in these texts in each language, about somebody who is made up."""
    for code in LANGUAGES:
        name = language_name(code)
        with override(code):
            letter = _made_up(meeting, mail, texts, language=code)
            subject, text = letter.subject, letter.text
        yield TextPreview(code, name, subject, text)


def html_part(meeting: Meeting, mail: AutomaticMail, texts: Mapping[str, str], *, language: str) -> str:
    """The HTML of the same mail."""
    with override(language):
        return _made_up(meeting, mail, texts, language=language).html


def _made_up(meeting: Meeting, mail: AutomaticMail, texts: Mapping[str, str], *, language: str) -> Letter:
    letter = sample(mail, meeting=meeting, language=language)
    return reworded(letter, mail=mail, texts=texts, name=letter.context["name"])
