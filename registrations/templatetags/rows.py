"""Cells of the editable table, joined here: with 200 rows a template for each of two thousand fields takes seconds."""

from collections.abc import Iterable
from typing import Any, cast

from django import template
from django.forms import BoundField, ChoiceField
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from registrations.forms.people_rows import SURPLUS, PersonRow
from registrations.forms.questions import FileAnswer

register = template.Library()

_ORDER = (
    "honorific", "given_names", "family_names", "position", "institution", "phone", "role", "language", "email", "accessibility_needs", "sessions",
)  # fmt: skip
_TYPES = {"email": "email", "phone": "tel"}


@register.simple_tag
def row_cells(row: PersonRow) -> SafeString:
    """Every field of the row with its label and, beside it, what is wrong with it."""
    shown = [*_ORDER, *row.questions, *([SURPLUS] if row[SURPLUS].value() else [])]
    return format_html_join("", "{}", ((_cell(row[name], row),) for name in shown))


def _cell(field: BoundField, row: PersonRow) -> SafeString:
    errors = field.errors
    mark = format_html(' aria-invalid="true" aria-describedby="{}-error"', field.auto_id) if errors else mark_safe("")
    trouble = format_html('<p class="invalid-feedback" id="{}-error">{}</p>', field.auto_id, " ".join(map(str, errors))) if errors else ""
    if field.name == "sessions":
        return format_html('<div class="across">{}{}</div>', _boxes(field, mark), trouble)
    if isinstance(field.field, FileAnswer):
        control = field.as_widget(attrs=_file_attributes(field))
    else:
        control = _select(field, mark) if isinstance(field.field, ChoiceField) else _input(field, mark)
    css = mark_safe(' class="across"') if field.name == SURPLUS else ""
    return format_html('<div{}><label for="{}">{}</label>{}{}</div>', css, field.auto_id, field.label, control, trouble)


def _file_attributes(field: BoundField) -> dict[str, str | bool]:
    if not field.errors:
        return {"class": "form-control"}
    return {"class": "form-control is-invalid", "aria-invalid": "true", "aria-describedby": f"{field.auto_id}-error"}


def _input(field: BoundField, mark: SafeString) -> SafeString:
    return format_html(
        '<input class="form-control{}" type="{}" name="{}" id="{}" value="{}"{}{}>',
        " is-invalid" if mark else "",
        _TYPES.get(field.name, "text"),
        field.html_name,
        field.auto_id,
        " ".join(str(field.value() or "").splitlines()),
        mark_safe(' list="honorifics"') if field.name == "honorific" else "",
        mark,
    )


def _choices(field: BoundField) -> Iterable[tuple[Any, Any]]:
    return cast("ChoiceField", field.field).choices  # type: ignore[return-value]


def _select(field: BoundField, mark: SafeString) -> SafeString:
    css = "form-select is-invalid" if mark else "form-select"
    value = field.value()
    choices = list(_choices(field))
    if value not in [code for code, _label in choices]:
        blank = next((label for code, label in choices if not code), "---------")
        choices = [("", blank), *(choice for choice in choices if choice[0])]
    options = format_html_join(
        "", '<option value="{}"{}>{}</option>', ((code, mark_safe(" selected") if code == value else "", label) for code, label in choices)
    )
    return format_html('<select class="{}" name="{}" id="{}"{}>{}</select>', css, field.html_name, field.auto_id, mark, options)


def _boxes(field: BoundField, mark: SafeString) -> SafeString:
    ticked = {str(number) for number in field.value() or []}
    boxes = format_html_join(
        "",
        '<label><input type="checkbox" name="{}" value="{}"{}{}> {}</label>',
        (
            (
                field.html_name,
                number,
                mark_safe(" checked") if str(number) in ticked else "",
                mark,
                gettext("Session %(number)s") % {"number": number},
            )
            for number, _when in _choices(field)
        ),
    )
    return format_html('<fieldset class="boxes" id="{}"><legend class="label">{}</legend>{}</fieldset>', field.auto_id, field.label, boxes)
