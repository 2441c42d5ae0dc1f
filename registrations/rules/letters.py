"""Whether a letter may leave: in both languages, with placeholders that are known, without the way into the meeting room."""

from collections.abc import Mapping
from datetime import datetime

Texts = Mapping[str, str]
"""Subject and text by their names, `subject_en`, `text_es`."""


def missing(texts: Texts) -> list[str]:
    """The names of those that are empty."""
    return [name for name, text in texts.items() if not text.strip()]


def tells_the_room(texts: Texts, *, join_url: str) -> bool:
    """Whether the meeting room's own address stands anywhere: it is shown through a link of each person's own only."""
    return bool(join_url) and any(join_url.casefold() in text.casefold() for text in texts.values())


def is_too_late(due_at: datetime | None, *, now: datetime) -> bool:
    """Whether the moment at which it is to leave has passed."""
    return due_at is not None and due_at <= now
