"""The shipped meeting, loaded as the command loads it."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from django.conf import settings
from django.core.cache import cache

from registrations.importing.entities import load_entities
from registrations.importing.meeting import load_meeting
from registrations.importing.meeting_file import read_meeting
from registrations.models import Meeting

FILE = settings.BASE_DIR / "data" / "regional-dialogue-2021.json"
BEFORE = datetime(2027, 1, 20, 10, 0, tzinfo=UTC)


def as_shipped() -> Any:
    """The content of the file, to be changed at will."""
    return json.loads(FILE.read_text(encoding="utf-8"))


def load_dialogue(*, first_day: str | None = "2027-02-10", change: Callable[[Any], object] = lambda file: None, now: datetime = BEFORE) -> Meeting:
    """The dialogue moved to `first_day`, after `change` was made to what the file says; the lists are loaded with it.

    Pages of other tests are forgotten: the database gives the same key and version to another meeting.
    """
    cache.clear()
    load_lists()
    file = as_shipped()
    change(file)
    return load_meeting(read_meeting(json.dumps(file), first_day=date.fromisoformat(first_day) if first_day else None), now=now)


def load_lists() -> None:
    load_entities(states=settings.BASE_DIR / "data" / "entities.csv", organizations=settings.BASE_DIR / "data" / "organizations.csv", now=BEFORE)
