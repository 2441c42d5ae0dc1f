"""How a meeting words its automatic mails, where it does not leave them in the standard text."""

from collections.abc import Iterable, Mapping

from registrations.enums import AutomaticMail
from registrations.models import Meeting, MeetingText


def wordings(meeting: Meeting, mail: AutomaticMail) -> list[MeetingText]:
    """The meeting's own wording of the mail, in both languages or in none."""
    return list(meeting.texts.filter(kind=mail))


def in_use(own: Iterable[MeetingText], *, standard: Mapping[str, str]) -> dict[str, str]:
    """Subject and text in both languages, `subject_en`, `text_es`: the meeting's own, or the standard ones."""
    return {**standard, **{f"{part}_{each.language}": getattr(each, part) for each in own for part in ("subject", "text")}}


def adapted_mails(meeting: Meeting) -> Mapping[str, MeetingText]:
    """The mails that the meeting words itself, each with one of its texts; one statement."""
    return {text.kind: text for text in meeting.texts.all()}


def version_of(texts: Iterable[MeetingText]) -> str:
    """Tells a wording as it was shown from one that somebody has changed since; "" for the standard text."""
    return max((text.changed_at.isoformat() for text in texts), default="")
