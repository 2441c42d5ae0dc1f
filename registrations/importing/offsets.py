"""How long before something, as a file writes it."""

import re

from registrations.importing.files import FileError
from registrations.importing.json_node import Node

_OFFSET = re.compile(r"([1-9][0-9]{0,4}) (minute|hour|day)s?")
_MINUTES = {"minute": 1, "hour": 60, "day": 24 * 60}


def offsets(node: Node, key: str) -> list[int]:
    """Texts such as "7 days", "1 hour" or "15 minutes", each as minutes; raises FileError, also where two are the same time."""
    minutes = [_minutes(text, where=node.place(key)) for text in node.texts(key)]
    if len(set(minutes)) < len(minutes):
        raise FileError(f"{node.place(key)}: the same time is there twice.")
    return minutes


def _minutes(text: str, *, where: str) -> int:
    found = _OFFSET.fullmatch(text)
    if found is None:
        raise FileError(f"{where}: “{text}” is not a time such as 7 days, 1 hour or 15 minutes.")
    number, unit = found.groups()
    return int(number) * _MINUTES[unit]
