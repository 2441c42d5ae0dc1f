"""Changed data in the words of whoever reads them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils.translation import get_language_info

from registrations.enums import Role
from registrations.models import Meeting
from registrations.queries.participants import field_label
from registrations.queries.questions import answer_words, question_called
from registrations.rules.changes import FIELDS, Changes
from registrations.rules.questions import FIELD


@dataclass(frozen=True)
class ChangeLine:
    """One field with what it held before and after; "–" where it was empty."""

    field: str
    before: str
    after: str


def change_lines(changed: Changes, *, meeting: Meeting) -> Iterator[ChangeLine]:
    """The changes, with functions, languages and sessions by their names; reads the meeting's sessions where they matter."""
    for name in sorted(changed, key=_place):
        before, after = changed[name]
        words = partial(_answer, name) if name.startswith(FIELD) else _WORDS.get(name, _as_typed)
        yield ChangeLine(field_label(name, meeting=meeting), words(before, meeting) or "–", words(after, meeting) or "–")


def _place(name: str) -> int:
    return FIELDS.index(name) if name in FIELDS else len(FIELDS)


def _answer(name: str, value: str, meeting: Meeting) -> str:
    return answer_words(value, question_called(name, meeting=meeting))


def _as_typed(value: Any, _meeting: Meeting) -> str:
    return str(value)


def _role(value: str, _meeting: Meeting) -> str:
    return str(Role(value).label)


def _language(value: str, _meeting: Meeting) -> str:
    return str(get_language_info(value)["name_translated"])


def _sessions(numbers: list[int], meeting: Meeting) -> str:
    prefetch_related_objects([meeting], "sessions")
    titles = {session.number: f"{session.number}. {session}" for session in meeting.sessions.all()}
    return "; ".join(titles.get(number, str(number)) for number in numbers)


_WORDS: dict[str, Callable[[Any, Meeting], str]] = {"role": _role, "language": _language, "sessions": _sessions}
