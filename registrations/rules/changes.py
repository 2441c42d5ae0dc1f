"""What differs between two states of a person's data, and who may change what when."""

from collections.abc import Collection
from typing import Any

from registrations.details import Person
from registrations.enums import Status
from registrations.rules.questions import FIELD

Changes = dict[str, list[Any]]

CONTACT_FIELDS = frozenset({"email", "phone", "language", "accessibility_needs"})
REVIEWED_FIELDS = frozenset({"honorific", "given_names", "family_names", "position", "institution", "role"})
FIELDS = (
    "honorific", "given_names", "family_names", "role", "position", "institution", "email", "phone", "language", "sessions", "accessibility_needs",
)  # fmt: skip


AMENDABLE = frozenset({Status.PENDING, Status.RETURNED, Status.CONFIRMED, Status.WAITING})
"""The statuses in which a participant may change their data."""


def changes(before: Person, after: Person) -> Changes:
    """Each field that differs with its value before and after, fit for JSON; sessions as sorted numbers, each answer as a field of its own."""
    codes = [*before.answers, *(code for code in after.answers if code not in before.answers)]
    fields = (*FIELDS, *(f"{FIELD}{code}" for code in codes))
    pairs = {field: [_plain(value_of(before, field)), _plain(value_of(after, field))] for field in fields}
    return {field: pair for field, pair in pairs.items() if pair[0] != pair[1]}


def value_of(person: Person, field: str) -> Any:
    """What stands in the field; "" in that of a question without an answer."""
    return person.answers.get(field.removeprefix(FIELD), "") if field.startswith(FIELD) else getattr(person, field)


def columns(changed: Collection[str]) -> set[str]:
    """The columns of a participant that hold these fields; the sessions are kept in a table of their own."""
    return {"answers" if field.startswith(FIELD) else field for field in changed if field != "sessions"}


def too_late(changed: Collection[str], *, registration_is_open: bool) -> frozenset[str]:
    """The fields that a participant or focal point may not change any more: after closing all but the contact data."""
    return frozenset() if registration_is_open else frozenset(changed) - CONTACT_FIELDS


def everything_is_open(status: Status, *, registration_is_open: bool) -> bool:
    """Whether all data can be changed: until closing, and at any time where the secretariat asked for a correction."""
    return registration_is_open or status == Status.RETURNED


def outstanding(reviewed: Changes, changed: Changes, *, fields: Collection[str]) -> Changes:
    """What an organizer has yet to see: the value last reviewed beside the present one, for `fields` and those already outstanding.

    A field that is back at its reviewed value needs no review.
    """
    merged = dict(reviewed)
    for field in (reviewed.keys() | set(fields)) & changed.keys():
        last = reviewed[field][0] if field in reviewed else changed[field][0]
        merged[field] = [last, changed[field][1]]
    return {field: pair for field, pair in merged.items() if pair[0] != pair[1]}


def _plain(value: object) -> object:
    return sorted(value) if isinstance(value, frozenset) else str(value)
