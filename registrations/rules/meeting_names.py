"""What meetings are called where one is chosen."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from registrations.rules.bilingual import wording_of


def told_apart(meetings: Iterable[Any], *, language: str) -> dict[Any, str]:
    """Their titles by key, and the addresses of those behind them that share a title: a copy begins with the title of the last meeting."""
    found = [(meeting, wording_of(meeting, "title", language=language).text) for meeting in meetings]
    count = Counter(title for _meeting, title in found)
    return {meeting.pk: title if count[title] == 1 else f"{title} ({meeting.slug})" for meeting, title in found}
