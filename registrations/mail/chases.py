"""The mail to those who were invited and have not answered."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from registrations.links import sign_up_url
from registrations.mail.letter import Letter
from registrations.mail.notices import common
from registrations.models import ExpectedDelegation, OutboxMessage
from registrations.queries.expected import silent_expected, window_of_type
from registrations.rules.bilingual import wording_of
from registrations.rules.dates import deadline_text
from registrations.rules.names import mailbox_key


def chase(message: OutboxMessage, *, now: datetime) -> Letter | None:
    """As long as nobody has answered, the address is the same, and one can sign up; in one language, or in both one below the other."""
    expected = silent_expected(message.facts["expected"])
    if expected is None or expected.mailbox != mailbox_key(message.recipient_email) or not expected.type.meeting.is_published:
        return None
    window = window_of_type(expected.type, now=now)
    if not window.is_open or window.date is None:
        return None
    texts = [_text(expected, closes_at=window.date, language=language) for language in message.facts["languages"]]
    return Letter("chase", {**common(message), "meeting": expected.type.meeting, "texts": texts})


def _text(expected: ExpectedDelegation, *, closes_at: datetime, language: str) -> dict[str, Any]:
    """What differs from one language to the other."""
    meeting = expected.type.meeting
    return {
        "language": language,
        "title": wording_of(meeting, "title", language=language).text,
        "place": wording_of(meeting, "place", language=language).text,
        "delegation": wording_of(expected.entity, "name", language=language).text if expected.entity else expected.organization_name,
        "deadline": deadline_text(closes_at.astimezone(ZoneInfo(meeting.time_zone)), language=language),
        "url": sign_up_url(expected.type, language=language),
    }
