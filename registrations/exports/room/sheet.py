"""The file that is made of what is on a paper."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from registrations.exports.typesetting import typeset
from registrations.models import Meeting
from registrations.rules.bilingual import wording_of

_HERE = Path(__file__).parent


def sheet(template: str, data: dict[str, Any], *, meeting: Meeting, title: str, language: str, now: datetime) -> bytes:
    """The PDF of the template, e.g. "badges", with the meeting's title in the language."""
    shared = {"language": language, "title": title, "meeting": wording_of(meeting, "title", language=language).text}
    return typeset(_HERE / f"{template}.typ", inputs={"paper": json.dumps(shared | data)}, made_at=now)
