"""What an organizer changed on a page of the desk, for the history."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.forms import ModelChoiceField, ModelForm, ModelMultipleChoiceField

from registrations.queries.edits import edit, is_told, removed
from registrations.rules.edits import ADDED, CHANGED, Edit, differences


def edits_of(form: ModelForm, formsets: Iterable[Any], *, change: bool) -> Iterator[Edit]:
    """The record of the page and those below it, once they were saved; nothing of those that stayed as they were."""
    yield from _edit(form, is_new=not change)
    for formset in formsets:
        for row in formset.forms:
            if row in formset.deleted_forms:
                yield removed(row.instance)
            elif row.has_changed():
                yield from _edit(row, is_new=row in formset.extra_forms)


def _edit(form: ModelForm, *, is_new: bool) -> Iterator[Edit]:
    """Only what stands in columns: a password typed into the form does not."""
    options = form.instance._meta
    columns = {field.name for field in (*options.concrete_fields, *options.many_to_many) if is_told(field)}
    names = [name for name in form.changed_data if name in columns]
    before = {} if is_new else {name: _named(form.fields[name], form.initial.get(name)) for name in names}
    changes = differences(before, {name: _named(form.fields[name], form.cleaned_data[name]) for name in names}, fields=names)
    if is_new or changes:
        yield edit(ADDED if is_new else CHANGED, form.instance, changes)


def _named(field: Any, value: Any) -> Any:
    if isinstance(field, ModelMultipleChoiceField):
        return sorted(str(each) for each in value or ())
    if isinstance(field, ModelChoiceField) and value:
        return field.queryset.filter(pk=getattr(value, "pk", value)).first()
    return value
