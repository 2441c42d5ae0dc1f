"""What was changed in a record, as values that can be kept."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

ADDED, CHANGED, REMOVED = "add record", "change record", "remove record"
LOADED, COPIED, TRANSLATED = "load meeting", "copy meeting", "confirm translation"


@dataclass(frozen=True)
class Edit:
    """One record: its kind, its name by language, and each changed field with what it held before and after."""

    event: str
    record: str
    name: dict[str, str]
    changes: dict[str, list[Any]] = field(default_factory=dict)


def differences(before: Mapping[str, Any], after: Mapping[str, Any], *, fields: Iterable[str]) -> dict[str, list[Any]]:
    """Of these fields the values that differ, [before, after], as JSON can hold them."""
    pairs = {name: [_kept(before.get(name)), _kept(after.get(name))] for name in fields}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def _kept(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value if isinstance(value, bool | int | list) else str(value)
