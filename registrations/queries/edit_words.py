"""Changed records of a meeting in the words of whoever reads them."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.apps import apps
from django.db.models import DateTimeField
from django.utils.text import capfirst
from django.utils.translation import get_language, get_language_info, gettext
from django.utils.translation import gettext_lazy as _

from registrations.models import Meeting
from registrations.queries.change_words import ChangeLine
from registrations.rules.dates import date_text


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
        yield ChangeLine(str(field.verbose_name) if field else name, _words(field, before, meeting), _words(field, after, meeting))


def _words(field: Any, value: Any, meeting: Meeting) -> str:
    if value in ("", []):
        return "–"
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if isinstance(field, DateTimeField):
        local = datetime.fromisoformat(value).astimezone(ZoneInfo(meeting.time_zone))
        return f"{date_text(local, language=get_language() or 'en')}, {local:%H:%M}"
    if field and field.name == "language":
        return str(get_language_info(value)["name_translated"])
    if isinstance(value, list):
        return " ".join(str(each) for each in value)
    return str(dict(field.flatchoices).get(value, value) if field else value)
