"""Whatever is added, changed or deleted on a page of the desk is in the history. The only place that sees to it.

It wraps each ModelAdmin when it is registered, so that a new page cannot forget it.
"""

from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.db import transaction
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from registrations.details import organizer_of
from registrations.forms.edits import edits_of
from registrations.models import Entity, Meeting
from registrations.operations.record_edits import record_edits
from registrations.queries.desk_rights import meeting_of_record
from registrations.queries.edits import kind_of_record, removed


class Told(admin.ModelAdmin):
    """Put in front of every ModelAdmin, but for those that say with `keeps_own_history` that their operations see to it."""

    def save_related(self, request: HttpRequest, form: ModelForm, formsets: Any, change: bool) -> None:
        """The change stands before what follows from it."""
        now, record = timezone.now(), form.instance
        super().save_related(request, form, formsets, change)
        entity = record if isinstance(record, Entity) else None
        edits = edits_of(form, formsets, change=change)
        record_edits(meeting_of_record(record), edits, actor=organizer_of(request.user), now=now, entity=entity)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        self._tell_removal(request, obj)
        super().delete_model(request, obj)

    @transaction.atomic
    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        for record in queryset:
            self._tell_removal(request, record)
        super().delete_queryset(request, queryset)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """The button of Django's own page leads to the history that is kept here."""
        record = self.get_object(request, unquote(object_id))
        if record is None:
            raise Http404
        return redirect(f"{reverse('admin:registrations_historyentry_changelist')}?{urlencode(_narrowed_to(record))}")

    def _tell_removal(self, request: HttpRequest, record: Any) -> None:
        """Told beforehand: whoever removes their own account is no more afterwards, nor is the history of a meeting."""
        meeting = None if isinstance(record, Meeting) else meeting_of_record(record)
        record_edits(meeting, [removed(record)], actor=organizer_of(request.user), now=timezone.now())


def _narrowed_to(record: Any) -> dict[str, Any]:
    """The record itself where entries lead to it, otherwise its kind in its meeting."""
    if isinstance(record, Meeting | Entity):
        return {kind_of_record(record): record.pk}
    meeting = meeting_of_record(record)
    return {"meeting": meeting.pk if meeting else "none", "record": kind_of_record(record)}


def told(admin_class: Any) -> Any:
    """The ModelAdmin with the history of its forms."""
    if getattr(admin_class, "keeps_own_history", False):
        return admin_class
    return type(admin_class)(admin_class.__name__, (Told, admin_class), {"__module__": admin_class.__module__})
