"""What somebody had before their eyes while they typed, sealed into the form, so that a change meanwhile is noticed."""

from dataclasses import asdict

from django.core import signing
from django.http import QueryDict

from registrations.details import Person
from registrations.enums import Role
from registrations.rules.changes import Changes, changes, value_of

FIELD = "seen"
_SALT = "registrations.forms.seen"


def sealed(person: Person) -> str:
    """The value of the form's hidden field."""
    return signing.dumps({**asdict(person), "sessions": sorted(person.sessions)}, salt=_SALT, compress=True)


def read_seen(value: str) -> Person | None:
    """The person as they were shown, or None when we did not seal it."""
    try:
        fields = signing.loads(value, salt=_SALT)
    except signing.BadSignature:
        return None
    return Person(**{**fields, "role": Role(fields["role"]), "sessions": frozenset(fields["sessions"])})


def brought_up_to_date(data: QueryDict, *, typed: Person, missed: Changes, on_record: Person) -> QueryDict:
    """The typed data, with what somebody else changed meanwhile wherever this corrector had left a field as it was."""
    data, differing = data.copy(), changes(on_record, typed)
    untouched = [field for field, (before, _now) in missed.items() if field in differing and differing[field][1] == before]
    for field in untouched:
        value = value_of(on_record, field)
        data.setlist(field, [str(each) for each in sorted(value)] if field == "sessions" else [str(value)])
    data[FIELD] = sealed(on_record)
    return data
