"""Changed records of a meeting in the words of whoever reads them."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.apps import apps
from django.db.models import DateTimeField
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from registrations.models import Meeting
from registrations.queries.change_words import ChangeLine
from registrations.rules.dates import date_text

_IN_LANGUAGE: dict[str, Any] = {"en": _("%(text)s, in English"), "es": _("%(text)s, in Spanish")}


def record_words(facts: dict[str, Any]) -> str:
    """Which record it was, e.g. "Session “Opening”"."""
    kind = apps.get_model("registrations", facts["record"])._meta.verbose_name
    name = facts["name"].get(get_language() or "en", "")
    return gettext("%(kind)s “%(name)s”") % {"kind": capfirst(kind), "name": name}


def edit_lines(facts: dict[str, Any], *, meeting: Meeting) -> Iterator[ChangeLine]:
    """Each changed field with its value before and after, in the order of the record's fields; moments on the meeting's clock."""
    options, changes = apps.get_model("registrations", facts["record"])._meta, facts["changes"]
    fields: dict[str, Any] = {field.name: field for field in (*options.fields, *options.many_to_many)}
    for name in [*(name for name in fields if name in changes), *sorted(changes.keys() - fields.keys())]:
        field, (before, after) = fields.get(name), changes[name]
        yield ChangeLine(_label(name, fields), _words(field, before, meeting), _words(field, after, meeting))


def _label(name: str, fields: Mapping[str, Any]) -> str:
    """What the field is called; `text_es` is the text in a record of its own for each language."""
    if name in fields:
        return str(fields[name].verbose_name)
    stem, _underscore, code = name.rpartition("_")
    if stem not in fields or code not in _IN_LANGUAGE:
        return name
    return str(_IN_LANGUAGE[code]) % {"text": fields[stem].verbose_name}


def _words(field: Any, value: Any, meeting: Meeting) -> str:
    if value in ("", []):
        return "–"
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if isinstance(field, DateTimeField):
        local = datetime.fromisoformat(value).astimezone(ZoneInfo(meeting.time_zone))
        return f"{date_text(local, language=get_language() or 'en')}, {local:%H:%M}"
    if isinstance(value, list):
        return " ".join(str(each) for each in value)
    return str(dict(field.flatchoices).get(value, value) if field else value)
