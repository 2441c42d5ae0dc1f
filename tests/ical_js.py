"""Calendar files as ical.js reads them, which did not write them: one Node process for all files of a test run.

`read` gives every property by its name in small letters: {"value": ..., "type": ..., "parameters": {...}}, a list of these for ATTENDEE
and CONFERENCE. `events` holds the VEVENTs in the same way; times are ISO 8601 in UTC.
"""

import atexit
import json
import shutil
import subprocess
from base64 import b64encode
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

SCRIPT = Path(__file__).with_suffix(".cjs")
MISSING = "Node.js is missing: the tests read calendar files with ical.js. Install it with: sudo apt-get install nodejs"


class Unreadable(Exception):
    """What ical.js complained about."""


def read(ics: bytes) -> dict[str, Any]:
    """The file; raises Unreadable where ical.js, being strict, refuses it."""
    reader = _reader()
    assert reader.stdin is not None
    assert reader.stdout is not None
    reader.stdin.write(json.dumps({"ics": b64encode(ics).decode()}) + "\n")
    reader.stdin.flush()
    answer = json.loads(reader.stdout.readline())
    if "error" in answer:
        raise Unreadable(answer["error"])
    return answer["file"]


def event_in(ics: bytes) -> dict[str, Any]:
    """The one VEVENT of a file that holds nothing else."""
    file = read(ics)
    assert file["components"] == ["vevent"]
    return file["events"][0]


def moment(time: dict[str, Any]) -> datetime:
    """The instant that a DTSTART, DTEND or DTSTAMP names."""
    return datetime.fromisoformat(time["value"])


@cache
def _reader() -> "subprocess.Popen[str]":
    node = shutil.which("node") or shutil.which("nodejs")
    if node is None:
        pytest.fail(MISSING, pytrace=False)
    reader = subprocess.Popen([node, str(SCRIPT)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8")
    atexit.register(reader.communicate)
    return reader
