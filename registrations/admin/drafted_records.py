"""Records of the programme whose changes wait for the publishing: forms show what was typed last, saving keeps it as a draft."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.forms import BaseInlineFormSet, ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registrations.errors import DomainError
from registrations.models import Meeting
from registrations.models.drafted import Drafted
from registrations.operations.drafts import drop, keep_draft
from registrations.queries.drafts import with_draft


class DraftedFormSet(BaseInlineFormSet):
    """Rows as they will be published, those that nobody outside has seen yet among them."""

    def get_queryset(self) -> QuerySet[Any]:
        rows = super().get_queryset()
        for row in rows:
            with_draft(row)
        return rows

    def add_fields(self, form: ModelForm, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields[self._pk_field.name].queryset = self.get_queryset()


class _Publication:
    @admin.display(description=gettext_lazy("publication"))
    def publication(self, record: Any) -> str:
        return publication_words(record)


class DraftedInline(_Publication):
    """An inline of records of the programme."""

    formset = DraftedFormSet
    readonly_fields = ["publication"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return self.model.with_drafts.filter(is_dropped=False).order_by(*self.model._meta.ordering)


class DraftedRecord(_Publication, admin.ModelAdmin):
    """A record of the programme, or the meeting itself."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        if not issubclass(self.model, Drafted):
            return super().get_queryset(request)
        return self.model.with_drafts.order_by(*self.get_ordering(request))

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        record = super().get_object(request, object_id, from_field)
        return with_draft(record) if isinstance(record, Drafted | Meeting) else record

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if issubclass(db_field.remote_field.model, Drafted):
            kwargs["queryset"] = db_field.remote_field.model.with_drafts.all()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_formset(self, request: HttpRequest, form: ModelForm, formset: Any, change: bool) -> None:
        if not issubclass(formset.model, Drafted):
            super().save_formset(request, form, formset, change)
            return
        meeting = self.meeting_of(form.instance)
        for record in formset.save(commit=False):
            keep_draft(record, meeting=meeting)
        for record in formset.deleted_objects:
            self._drop(request, record, meeting=meeting)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        if isinstance(obj, Drafted):
            self._drop(request, obj, meeting=self.meeting_of(obj))
        else:
            super().delete_model(request, obj)

    def meeting_of(self, record: Any) -> Meeting:
        raise NotImplementedError

    def _drop(self, request: HttpRequest, record: Any, *, meeting: Meeting) -> None:
        try:
            drop(record, meeting=meeting)
        except DomainError as refusal:
            messages.error(request, str(refusal))


def publication_words(record: Any) -> str:
    """Whether a record is on the site as it is shown at the desk."""
    if record.pk is None:
        return ""
    if getattr(record, "is_dropped", False):
        return _("to be removed with the next publishing")
    if getattr(record, "is_draft", False):
        return _("new, not published yet")
    return _("changed, not published yet") if record.draft else _("published")
