"""What differs between two states of a person's data, in the reader's words."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import get_language_info, gettext

from registrations.enums import Role
from registrations.queries.participants import field_label
from registrations.rules.changes import Changes


@dataclass(frozen=True)
class Difference:
    """One field with its value before and after."""

    label: str
    before: str
    after: str


def differences(changes: Changes) -> list[Difference]:
    """The changes in the active language: functions and languages by their names, sessions by their numbers."""
    return [Difference(field_label(name), _words(name, before), _words(name, after)) for name, (before, after) in changes.items()]


def _words(name: str, value: Any) -> str:
    if name == "role" and value in Role.values:
        return str(Role(value).label)
    if name == "language" and value in dict(settings.LANGUAGES):
        return str(get_language_info(value)["name_translated"])
    if isinstance(value, list):
        return ", ".join(str(each) for each in value)
    return str(value) or gettext("nothing")
