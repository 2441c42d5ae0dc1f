"""Records as the history tells them: kind, name in every language, and what their columns hold."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import override

from registrations.queries.desk_rights import APP, meeting_path
from registrations.rules.edits import ADDED, CHANGED, REMOVED, Edit, differences

_SECRET = frozenset({"password"})


def edit(event: str, record: Any, changes: dict[str, list[Any]] | None = None) -> Edit:
    """What was done to the record, under its present name."""
    return Edit(event, kind_of_record(record), name_of_record(record), changes or {})


def added(record: Any) -> Edit:
    """A new record with what it holds."""
    values = values_of(record)
    return edit(ADDED, record, differences({}, values, fields=values))


def removed(record: Any) -> Edit:
    """A record that is taken out, with what it held."""
    values = values_of(record)
    return edit(REMOVED, record, differences(values, {}, fields=values))


def changed(record: Any, *, before: dict[str, Any]) -> list[Edit]:
    """The record with what differs from its earlier `values_of`; nothing where nothing does."""
    changes = differences(before, values_of(record), fields=before)
    return [edit(CHANGED, record, changes)] if changes else []


def edits_between(before: Mapping[Any, Any], after: Mapping[Any, Any]) -> Iterator[Edit]:
    """What became of records that are known by the same keys before and after."""
    for key, record in after.items():
        yield from changed(record, before=values_of(before[key])) if key in before else [added(record)]
    yield from (removed(record) for key, record in before.items() if key not in after)


def values_of(record: Any) -> dict[str, Any]:
    """What the columns hold that somebody can fill in; without keys, secrets, and the record to which this one belongs."""
    return {field.name: getattr(record, field.name) for field in record._meta.concrete_fields if is_told(field)}


def is_told(field: Any) -> bool:
    """Whether values of the field may be kept in the history."""
    belongs_there = field.is_relation and meeting_path(field.related_model) is not None
    return bool(field.editable and not field.primary_key and not belongs_there and field.name not in _SECRET)


def kind_of_record(record: Any) -> str:
    """Of a record or a model, e.g. "session", or "auth.user" for what comes from elsewhere."""
    options = record._meta
    return str(options.model_name if options.app_label == APP else options.label_lower)


def name_of_record(record: Any) -> dict[str, str]:
    """Its name in every language of the site."""
    names = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            names[code] = str(record)
    return names
