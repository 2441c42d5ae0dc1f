"""The mail to those who were invited and have not answered."""

from datetime import datetime
from typing import Any

from registrations.links import sign_up_url
from registrations.mail.letter import Letter
from registrations.mail.notices import common
from registrations.models import ExpectedDelegation, OutboxMessage
from registrations.queries.expected import silent_expected, window_of_type
from registrations.rules.bilingual import wording_of
from registrations.rules.names import mailbox_key


def chase(message: OutboxMessage, *, now: datetime) -> Letter | None:
    """As long as nobody has answered, the address is the same, and one can sign up; in one language, or in both one below the other."""
    expected = silent_expected(message.facts["expected"])
    if expected is None or expected.mailbox != mailbox_key(message.recipient_email) or not expected.type.meeting.is_published:
        return None
    window = window_of_type(expected.type, now=now)
    if not window.is_open:
        return None
    texts = [_text(expected, language=language) for language in message.facts["languages"]]
    return Letter("chase", {**common(message), "meeting": expected.type.meeting, "closes_at": window.date, "texts": texts})


def _text(expected: ExpectedDelegation, *, language: str) -> dict[str, Any]:
    """What differs from one language to the other."""
    meeting = expected.type.meeting
    return {
        "language": language,
        "title": wording_of(meeting, "title", language=language).text,
        "place": wording_of(meeting, "place", language=language).text,
        "name": wording_of(expected.entity, "name", language=language).text if expected.entity else expected.organization_name,
        "url": sign_up_url(expected.type, language=language),
    }
