"""How a meeting words its automatic mails, where it does not leave them as they ship."""

from collections.abc import Iterable, Mapping

from registrations.enums import MessageKind
from registrations.models import Meeting, MeetingText


def wordings(meeting: Meeting, kind: MessageKind) -> list[MeetingText]:
    """The meeting's own wording of the kind, in both languages or in none."""
    return list(meeting.texts.filter(kind=kind))


def adapted_kinds(meeting: Meeting) -> Mapping[str, MeetingText]:
    """The kinds that the meeting words itself, each with one of its texts; one statement."""
    return {text.kind: text for text in meeting.texts.all()}


def version_of(texts: Iterable[MeetingText]) -> str:
    """Tells a wording as it was shown from one that somebody has changed since; "" as it ships."""
    return max((text.changed_at.isoformat() for text in texts), default="")
