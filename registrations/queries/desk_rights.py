"""In which meetings an organizer has which rights.

Django's own permissions, direct or through a group, hold in every meeting; a DeskMembership gives the rights of its role in one.
What is looked up is kept on the user object, which lives as long as the request.
"""

from collections import deque
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.db.models import ForeignKey, Model, QuerySet

from registrations.enums import DeskRole
from registrations.models import DeskMembership, Meeting
from registrations.rules.desk_roles import rights_in_meeting

APP = "registrations"


def rights_by_meeting(user: Any) -> Mapping[int, frozenset[str]]:
    """The rights of the user's memberships by the key of the meeting; one statement for each request."""
    if not hasattr(user, "desk_rights"):
        rows = DeskMembership.objects.filter(user=user.pk).values_list("meeting", "role")
        user.desk_rights = {meeting: rights_in_meeting(DeskRole(role)) for meeting, role in rows}
    rights: Mapping[int, frozenset[str]] = user.desk_rights
    return rights


def narrow(user: Any, meetings: Collection[int] | None) -> None:
    """From now on the request is about these meetings alone: memberships in others give no right. None takes it back."""
    user.desk_meetings = None if meetings is None else frozenset(meetings)


def has_everywhere(user: Any, *rights: str) -> bool:
    """Whether one of the rights holds in every meeting."""
    return bool(user.is_superuser) or any(ModelBackend().has_perm(user, f"{APP}.{right}") for right in rights)


def meetings_with(user: Any, *rights: str, narrowed: bool = True) -> frozenset[int] | None:
    """The keys of the meetings in which the user has one of the rights, of those alone that the request is about; None for every meeting."""
    about: frozenset[int] | None = getattr(user, "desk_meetings", None) if narrowed else None
    if has_everywhere(user, *rights):
        return about
    found = frozenset(meeting for meeting, held in rights_by_meeting(user).items() if held.intersection(rights))
    return found if about is None else found & about


def of_meetings(rows: QuerySet[Any], meetings: frozenset[int] | None) -> QuerySet[Any]:
    """The rows that belong to these meetings; all of them for None."""
    model: Any = rows.model
    return rows if meetings is None else rows.filter(**{f"{meeting_path(model)}__in": meetings})


@cache
def meeting_path(model: Any) -> str | None:
    """The shortest way from a record to its meeting, e.g. "delegation__type__meeting"; "pk" for the meeting, None where no way leads there."""
    if model is Meeting:
        return "pk"
    ways, seen = deque([(model, "")]), {model}
    while ways:
        here, path = ways.popleft()
        for name, there in _parents(here):
            if there is Meeting:
                return path + name
            if there not in seen:
                seen.add(there)
                ways.append((there, f"{path}{name}__"))
    return None


def meeting_of(model: type[Model], key: Any) -> int | None:
    """The key of the meeting to which the record with the key belongs, or None; one statement."""
    found: int | None = model._base_manager.filter(pk=key).values_list(meeting_path(model) or "pk", flat=True).first()
    return found


def meeting_of_record(record: Any) -> Meeting | None:
    """The meeting to which the record in hand belongs; None where no way leads from it to one."""
    model: Any = type(record)
    path = meeting_path(model)
    if path is None:
        return None
    for name in path.split("__") if path != "pk" else ():
        record = getattr(record, name)
    return record  # type: ignore[no-any-return]


def _parents(model: type[Model]) -> Iterator[tuple[str, Any]]:
    for field in model._meta.get_fields():
        parent: Any = field.related_model
        if isinstance(field, ForeignKey) and parent._meta.app_label == APP:
            yield field.name, parent
