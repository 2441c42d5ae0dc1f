"""Texts in English and Spanish side by side."""

from typing import Any

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _


def side_by_side(*names: str) -> list[tuple[str, ...]]:
    """One row of the form for each text, with a column for each language."""
    return [tuple(f"{name}_{code}" for code, _name in settings.LANGUAGES) for name in names]


class LabelledFields:
    """Says of every field what it is: the language of a text, the date and the hour of a moment."""

    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        code = getattr(db_field, "_translated_field_language_code", None)
        if field and code:
            field.label = _in(code) % {"text": _first_up(field.label)}
            field.widget.attrs["lang"] = code
        if field and isinstance(db_field, models.DateTimeField):
            _label_parts(field)
            field.help_text = " ".join(filter(None, [str(field.help_text), _zone()]))
        return field


def _in(code: str) -> str:
    return {"en": _("%(text)s, in English"), "es": _("%(text)s, in Spanish")}[code]


def _zone() -> str:
    """Which hours are meant; the form of a record whose meeting is not known yet says it in general."""
    name = timezone.get_current_timezone_name()
    return _("Time in the meeting's zone.") if name == "UTC" else _("Time in %(zone)s.") % {"zone": name}


def _label_parts(field: Any) -> None:
    date, hour = field.widget.widgets
    date.attrs["aria-label"] = _("%(moment)s: date") % {"moment": _first_up(field.label)}
    hour.attrs["aria-label"] = _("%(moment)s: time") % {"moment": _first_up(field.label)}


def _first_up(text: Any) -> str:
    return str(text)[:1].upper() + str(text)[1:]
