"""What the records of the programme have in common: the meeting's clock, the version of the programme, what is not deleted."""

from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from registrations.admin.bilingual_fields import LabelledFields
from registrations.admin.drafted_records import DraftedRecord
from registrations.models import Meeting, Session
from registrations.models.drafted import Drafted
from registrations.models.fields import validate_time_zones
from registrations.operations.drafts import keep_draft
from registrations.operations.touch_programme import touch_programme
from registrations.operations.waiting_list import admit_waiting
from registrations.queries.in_use import why_kept


class KeptWhileNeeded:
    """A record that others need is not deleted: the organizer is told why, and sees the record again."""

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        record = self.get_object(request, unquote(object_id))
        reason = why_kept(record) if record and self.has_delete_permission(request, record) else ""
        if not reason:
            return super().delete_view(request, object_id, extra_context)
        messages.error(request, reason)
        return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", object_id)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Deleting several at once would pass by the reasons."""
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions


class ProgrammeRecord(LabelledFields, KeptWhileNeeded, DraftedRecord):
    """Hours are the meeting's own; whatever is saved or deleted at once raises the meeting's version once."""

    meeting_path = "meeting"
    """The attributes that lead from the record to its meeting, with dots; "" for the meeting itself."""
    parent = ""
    """The field that ties the record to the meeting; chosen once."""

    def meeting_of(self, record: Any) -> Meeting:
        for name in filter(None, self.meeting_path.split(".")):
            record = getattr(record, name)
        return record

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [*super().get_readonly_fields(request, obj), *([self.parent] if obj and self.parent else [])]

    def save_related(self, request: HttpRequest, form: ModelForm, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        meeting = self.meeting_of(form.instance)
        touch_programme(meeting, now=timezone.now())
        admit_waiting(meeting, now=timezone.now())

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm, change: bool) -> None:
        if isinstance(obj, Drafted):
            keep_draft(obj, meeting=self.meeting_of(obj))
        else:
            super().save_model(request, obj, form, change)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        meeting = self.meeting_of(obj)
        super().delete_model(request, obj)
        touch_programme(meeting, now=timezone.now())

    def changeform_view(self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        zone = self._zone(request, object_id)
        with timezone.override(zone):
            context = {"time_zone": zone, **(extra_context or {})}
            response = super().changeform_view(request, object_id, form_url, context)
            return response.render() if hasattr(response, "render") else response

    def _zone(self, request: HttpRequest, object_id: str | None) -> ZoneInfo:
        """The zone of the record's meeting; of a new record, that of the meeting it is being put into."""
        record = self.get_object(request, unquote(object_id)) if object_id else None
        name = self.meeting_of(record).time_zone if record else self.zone_of_new(request)
        return ZoneInfo(name or "UTC")

    def zone_of_new(self, request: HttpRequest) -> str:
        parent = request.POST.get(self.parent, request.GET.get(self.parent, ""))
        field = self.opts.get_field(self.parent)
        record = field.related_model._base_manager.filter(pk=parent).first() if parent.isdecimal() else None
        return self._parents_meeting(record).time_zone if record else ""

    def _parents_meeting(self, record: Any) -> Meeting:
        for name in self.meeting_path.split(".")[1:]:
            record = getattr(record, name)
        return record


class InOrderForm(ModelForm):
    """Something that begins and ends."""

    def clean(self) -> dict[str, Any] | None:
        data = super().clean()
        begins, ends = self.cleaned_data.get("starts_at"), self.cleaned_data.get("ends_at")
        if begins and ends and ends <= begins:
            self.add_error("ends_at", _("It ends before it starts. Enter a later end."))
        return data


class SessionForm(InOrderForm):
    """Its number, once given, stays: it is part of addresses."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and "number" in self.fields:
            self.fields["number"].disabled = True

    def clean(self) -> dict[str, Any] | None:
        data = super().clean()
        meeting = self.cleaned_data.get("meeting") or (self.instance.meeting if self.instance.meeting_id else None)
        others = Session.with_drafts.filter(meeting=meeting, number=self.cleaned_data.get("number")).exclude(pk=self.instance.pk)
        if meeting and others.exists():
            self.add_error("number", _("The meeting has a session with this number already."))
        return data


def valid_zone(name: str) -> str:
    """The name if it is that of a time zone, else ""."""
    try:
        validate_time_zones(name)
    except ValidationError:
        return ""
    return name if len(name.split()) == 1 else ""
