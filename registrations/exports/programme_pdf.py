"""The programme to print and to send round."""

import json
from enum import StrEnum
from pathlib import Path

from registrations.exports.programme_document import programme_document
from registrations.exports.typesetting import typeset
from registrations.models import Meeting

_TEMPLATE = Path(__file__).with_name("programme.typ")


class Paper(StrEnum):
    """The sheets on which the world prints, under typst's names."""

    A4 = "a4"
    LETTER = "us-letter"


def programme_pdf(meeting: Meeting, *, language: str, paper: Paper) -> bytes:
    """The programme in one language as a PDF, in six statements; equal bytes as long as the meeting's `version` stays."""
    document = programme_document(meeting, language=language)
    return typeset(_TEMPLATE, inputs={"programme": json.dumps(document), "paper": paper.value}, made_at=meeting.changed_at)
