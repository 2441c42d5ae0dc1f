"""The list of participants as a PDF."""

import json
from datetime import UTC, datetime
from pathlib import Path

from registrations.exports.typesetting import typeset
from registrations.rules.list_content import ListDocument

_LAYOUT = Path(__file__).with_name("list.typ")


def as_pdf(document: ListDocument) -> bytes:
    """The file; the same document gives the same bytes on every machine."""
    return typeset(_LAYOUT, inputs={"list": json.dumps(document)}, made_at=datetime.fromisoformat(document["dated"]).replace(tzinfo=UTC))
