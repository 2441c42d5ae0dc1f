"""What an organizer changed on a page of the programme or the meeting, for its history."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.db.models import Model
from django.forms import ModelChoiceField, ModelForm, ModelMultipleChoiceField
from django.utils.translation import override

from registrations.rules.edits import ADDED, CHANGED, REMOVED, Edit, differences


def edits_of(form: ModelForm, formsets: Iterable[Any], *, change: bool) -> Iterator[Edit]:
    """The record of the page and those below it, once they were saved; nothing of those that stayed as they were."""
    yield from _edit(form, is_new=not change)
    for formset in formsets:
        for row in formset.forms:
            if row in formset.deleted_forms:
                yield Edit(REMOVED, *_of(row.instance))
            elif row.has_changed():
                yield from _edit(row, is_new=row in formset.extra_forms)


def removal(record: Any) -> Edit:
    """A record that is taken out."""
    return Edit(REMOVED, *_of(record))


def _edit(form: ModelForm, *, is_new: bool) -> Iterator[Edit]:
    if is_new:
        yield Edit(ADDED, *_of(form.instance))
        return
    before = {name: _named(form.fields[name], form.initial.get(name)) for name in form.changed_data}
    after = {name: _named(form.fields[name], form.cleaned_data[name]) for name in form.changed_data if name in form.cleaned_data}
    if changes := differences(before, after, fields=form.changed_data):
        yield Edit(CHANGED, *_of(form.instance), changes)


def _of(record: Any) -> tuple[str, dict[str, str]]:
    """Its kind, and its name in every language."""
    names = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            names[code] = str(record)
    return record._meta.model_name, names


def _named(field: Any, value: Any) -> Any:
    if isinstance(field, ModelMultipleChoiceField):
        return "; ".join(str(record) for record in value or ())
    if isinstance(field, ModelChoiceField) and value and not isinstance(value, Model):
        return field.queryset.filter(pk=value).first()
    return value
