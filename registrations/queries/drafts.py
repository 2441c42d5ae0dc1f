"""What the organizers have typed and not published yet."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import Q

from registrations.models import Meeting, ProgrammeItem, Session, Speaker

_PUBLISHED_TEXTS = [f"{name}_{code}" for name in ("title", "subtitle", "place", "introduction", "objectives") for code in ("en", "es")]
_COLUMNS: dict[type[models.Model], list[str]] = {Meeting: [*_PUBLISHED_TEXTS, "programme_status", "join_url"]}
_NEVER = {"id", "draft", "is_draft", "is_dropped", "translations"}
UNPUBLISHED = Q(is_draft=True) | Q(is_dropped=True) | ~Q(draft={})


def drafted_columns(model: type[models.Model]) -> list[str]:
    """The columns whose changes wait for the publishing; all of a record of the programme but what ties it to its parent."""
    fields = [field.attname for field in model._meta.concrete_fields if field.attname not in _NEVER and not field.is_relation]
    return _COLUMNS.get(model, fields)


def difference(record: Any, published: Any) -> dict[str, str]:
    """What the record's draft is if these are its values and those the published ones."""
    columns = [column for column in drafted_columns(type(record)) if getattr(record, column) != getattr(published, column)]
    return {column: record._meta.get_field(column).value_to_string(record) for column in columns}


def with_draft(record: Any) -> Any:
    """The record in hand with the values of its draft in the place of those that are published."""
    for column, text in record.draft.items():
        setattr(record, column, record._meta.get_field(column).to_python(text))
    return record


def drafts_of(meeting: Meeting) -> Iterable[Any]:
    """The records of the programme that a publishing would change, make or remove; parents first; four statements."""
    of = {Session: "meeting", ProgrammeItem: "session__meeting", Speaker: "item__session__meeting"}
    yield from Meeting.objects.filter(pk=meeting.pk).exclude(draft={})
    for model, path in of.items():
        yield from model.with_drafts.filter(UNPUBLISHED, **{path: meeting})


def number_of_drafts(meeting: Meeting) -> int:
    """How many records wait to be published."""
    return sum(1 for _record in drafts_of(meeting))
