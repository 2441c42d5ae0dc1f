"""Changed records in the words of whoever reads them."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.apps import apps
from django.db.models import DateTimeField
from django.utils.text import capfirst
from django.utils.translation import get_language, get_language_info, gettext
from django.utils.translation import gettext_lazy as _

from registrations.models import KnownHeading, Meeting, SavedColumns
from registrations.queries.change_words import ChangeLine
from registrations.queries.column_words import column_words
from registrations.queries.desk_rights import APP
from registrations.rules.dates import date_text

_IN_LANGUAGES: dict[str, Any] = {"en": _("%(field)s, in English"), "es": _("%(field)s, in Spanish")}


_HOLD_COLUMNS = (KnownHeading, SavedColumns)


def model_of(kind: str) -> Any:
    """The model of the records of this kind (queries.edits.kind_of_record)."""
    return apps.get_model(kind if "." in kind else f"{APP}.{kind}")


def record_words(facts: dict[str, Any]) -> str:
    """Which record it was, e.g. "Session “Opening”"."""
    kind = model_of(facts["record"])._meta.verbose_name
    name = facts["name"].get(get_language() or "en", "")
    return gettext("%(kind)s “%(name)s”") % {"kind": capfirst(kind), "name": name}


def edit_lines(facts: dict[str, Any], *, meeting: Meeting | None) -> Iterator[ChangeLine]:
    """Each changed field with its value before and after, in the order of the record's fields; moments on the meeting's clock or in UTC."""
    options, changes = model_of(facts["record"])._meta, facts["changes"]
    fields: dict[str, Any] = {field.name: field for field in (*options.fields, *options.many_to_many)}
    for name in [*(name for name in fields if name in changes), *sorted(changes.keys() - fields.keys())]:
        field, (before, after) = fields.get(name), changes[name]
        words = _columns if options.model in _HOLD_COLUMNS and (field is None or field.name == "columns") else _words
        yield ChangeLine(_label(name, fields, options), words(field, before, meeting), words(field, after, meeting))


def _columns(_field: Any, value: Any, meeting: Meeting | None) -> str:
    """The columns of a list or an export by what they are called."""
    names = value if isinstance(value, list) else [value]
    return ", ".join(column_words(name, meeting=meeting) for name in names if name) or "–"


def _label(name: str, fields: Mapping[str, Any], options: Any) -> str:
    """What the field is called, with the language where a text has a column or a record of its own for each; else what stands below."""
    stem, _underscore, code = name.rpartition("_")
    field = fields.get(name) or fields.get(stem)
    if field is None:
        return _below(options, name)
    return str(_IN_LANGUAGES[code]) % {"field": field.verbose_name} if code in _IN_LANGUAGES else str(field.verbose_name)


def _below(options: Any, name: str) -> str:
    """What stands below the record, e.g. the attachments of a letter."""
    relations = {relation.get_accessor_name(): relation.related_model for relation in options.related_objects}
    return str(relations[name]._meta.verbose_name_plural) if name in relations else name


def _words(field: Any, value: Any, meeting: Meeting | None) -> str:
    if value in ("", []):
        return "–"
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if isinstance(field, DateTimeField):
        local = datetime.fromisoformat(value).astimezone(ZoneInfo(meeting.time_zone if meeting else "UTC"))
        return f"{date_text(local, language=get_language() or 'en')}, {local:%H:%M}"
    if field and field.name == "language":
        return str(get_language_info(value)["name_translated"])
    if isinstance(value, list):
        return ("; " if getattr(field, "many_to_many", False) else " ").join(str(each) for each in value)
    return str(dict(field.flatchoices).get(value, value) if field else value)
