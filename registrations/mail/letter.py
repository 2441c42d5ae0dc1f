"""What a mail says, before it is put into an envelope."""

import re
import textwrap
from dataclasses import dataclass
from functools import cache
from typing import Any

import css_inline
from django.template.loader import render_to_string

from registrations.models import LetterAttachment, Revision

SUBJECT_LENGTH = 78
_SHORTEST_TITLE = 20
_LINE_LENGTH = 76
_SURPLUS_LINES = re.compile(r"\n{3,}")
_LAST_SHORT_WORDS = re.compile(r"(?:\s+\w{1,3}|\W)+$")


@dataclass(frozen=True)
class Letter:
    """A template's name and what it is filled with; `context["title"]` is the meeting's title. `revisions` are its calendar entries.

    `attachments` are files that go with it.
    Answers go to `reply_to`, or to the secretariat where it is empty.
    """

    template: str
    context: dict[str, Any]
    revisions: tuple[Revision, ...] = ()
    reply_to: str = ""
    attachments: tuple[LetterAttachment, ...] = ()

    @property
    def subject(self) -> str:
        """One line of at most 78 characters; a long title is cut between words (RFC 5322 2.1.1).

        Where an organizer has written more around the title, a few of its words stay and the line is longer.
        """
        room = max(SUBJECT_LENGTH - len(self._subject(title="…")) + 1, _SHORTEST_TITLE)
        return self._subject(title=_shortened(self.context["title"], room))

    @property
    def text(self) -> str:
        raw = render_to_string(f"mail/{self.template}.txt", self.context)
        lines = [_wrapped(line.rstrip()) for line in raw.strip().splitlines()]
        return _SURPLUS_LINES.sub("\n\n", "\n".join(lines)) + "\n"

    @property
    def html(self) -> str:
        return _inliner().inline(render_to_string(f"mail/{self.template}.html", {**self.context, "subject": self.subject}))

    def _subject(self, *, title: str) -> str:
        return " ".join(render_to_string(f"mail/{self.template}.subject.txt", {**self.context, "title": title}).split())


def _shortened(title: str, room: int) -> str:
    if len(title) <= room:
        return title
    whole_words = textwrap.shorten(title, room - 1, placeholder="") or title[: room - 1]
    return _LAST_SHORT_WORDS.sub("", whole_words) + "…"


def _wrapped(line: str) -> str:
    if len(line) <= _LINE_LENGTH or "://" in line:
        return line
    indent = " " * (len(line) - len(line.lstrip()))
    return textwrap.fill(line, _LINE_LENGTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)


@cache
def _inliner() -> css_inline.CSSInliner:
    return css_inline.CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)
