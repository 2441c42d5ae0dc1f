"""The meetings: texts in both languages, dates, places, clocks, hosts, delegation types."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import models
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registrations.admin.bilingual_fields import LabelledFields, side_by_side
from registrations.admin.copying import CopyPages
from registrations.admin.drafted_records import DraftedInline
from registrations.admin.filters import MeetingFilter
from registrations.admin.groups_field import GroupsField
from registrations.admin.meeting_texts import MeetingTextPages
from registrations.admin.meeting_time import meeting_time
from registrations.admin.offset_field import OffsetField
from registrations.admin.participant_lists import ListPages
from registrations.admin.programme_record import ProgrammeRecord, SessionForm, valid_zone
from registrations.admin.publishing import PublishPages
from registrations.admin.silent_missions import SilentPages
from registrations.admin.translations import TranslationPages
from registrations.errors import DomainError
from registrations.models import Clock, DelegationType, DeskMembership, Host, Meeting, PreparedReason, Reminder, Session
from registrations.operations.drafts import keep_draft
from registrations.operations.publish import put_on_site
from registrations.queries.calendar_mails import has_calendar_mails
from registrations.queries.drafts import drafted_columns
from registrations.rules.calendar_delivery import check_delivery

_GROUPS = {models.JSONField: {"form_class": GroupsField}}


class _Inline(LabelledFields, admin.StackedInline):
    extra = 0


class ClockInline(_Inline):
    model = Clock
    fields = ["order", *side_by_side("label"), "time_zones"]
    formfield_overrides = {models.TextField: {"widget": admin.widgets.AdminTextInputWidget}}


class HostInline(_Inline):
    model = Host
    fields = [("order", "role"), *side_by_side("name", "short_name", "instrument")]


class PreparedReasonInline(_Inline):
    model = PreparedReason
    fields = ["order", *side_by_side("text")]
    formfield_overrides = {models.TextField: {"widget": admin.widgets.AdminTextareaWidget(attrs={"rows": 3})}}


class ReminderForm(ModelForm):
    minutes = OffsetField(label=_("How long before each session"))


class ReminderInline(_Inline):
    model = Reminder
    form = ReminderForm
    fields = ["minutes"]


class DeskMembershipInline(_Inline):
    """Whoever is of the secretariat says who else works on the meeting; administrators may do everything anyway."""

    model = DeskMembership
    fields = [("user", "role")]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("user")

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """The choices are read once, whatever the number of rows."""
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if field and db_field.name == "user":
            field.queryset = User.objects.filter(is_staff=True, is_active=True, is_superuser=False).order_by("username")
            names = [(user.pk, f"{user.get_full_name()} ({user.get_username()})".strip()) for user in field.queryset]
            field.choices = [("", field.empty_label), *names]
        return field


class DelegationTypeInline(_Inline):
    model = DelegationType
    fields = [
        ("order", "code"),
        *side_by_side("name", "plural"),
        ("represents", "is_reviewed", "note_verbale_required"),
        ("seats", "seats_per_delegation", "keeps_waiting_list"),
        "eligible_groups",
    ]
    formfield_overrides = _GROUPS
    can_delete = False
    show_change_link = True


class SessionInline(DraftedInline, _Inline):
    model = Session
    form = SessionForm
    fields = [("number", "is_cancelled", "publication"), *side_by_side("title"), ("starts_at", "ends_at")]
    can_delete = False
    show_change_link = True


class MeetingForm(ModelForm):
    def clean_calendar_delivery(self) -> str:
        chosen = str(self.cleaned_data["calendar_delivery"])
        try:
            check_delivery(chosen, kept=self.initial.get("calendar_delivery", chosen), entries_sent=has_calendar_mails(self.instance))
        except DomainError as refusal:
            raise ValidationError(str(refusal)) from refusal
        return chosen


@admin.register(Meeting)
class MeetingAdmin(ListPages, PublishPages, TranslationPages, MeetingTextPages, CopyPages, ProgrammeRecord):
    """Saving writes only what was changed, so that two organizers do not undo each other."""

    form = MeetingForm
    meeting_path = ""
    ordering = ["-pk"]
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    list_display = ["title_text", "begins", "is_published", "programme_status", "seats"]
    search_fields = ["title_en", "title_es", "slug"]
    inlines = [SessionInline, DelegationTypeInline, ClockInline, HostInline, ReminderInline, PreparedReasonInline, DeskMembershipInline]
    fieldsets = [
        (None, {"fields": [("slug", "is_published"), *side_by_side("title", "subtitle", "place")]}),
        (_("Texts"), {"fields": side_by_side("introduction", "objectives", "data_notice"), "classes": ["collapse"]}),
        (_("Dates and registration"), {"fields": ["time_zone", "programme_status", ("registration_opens_at", "registration_closes_at"), "seats"]}),
        (_("On line"), {"fields": ["join_url", "join_opens_minutes", "calendar_delivery"]}),
        (_("Secretariat"), {"fields": ["contact_email"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).annotate(first=models.Min("sessions__starts_at", filter=models.Q(sessions__is_draft=False)))

    def save_model(self, request: HttpRequest, obj: Meeting, form: ModelForm, change: bool) -> None:
        goes_on_site, obj.is_published = obj.is_published and "is_published" in form.changed_data, obj.is_published and change
        if not change:
            obj.save()
        else:
            keep_draft(obj, meeting=obj)
            at_once = set(form.changed_data) - set(drafted_columns(Meeting)) - ({"is_published"} if goes_on_site else set())
            obj.save(update_fields=sorted({*at_once, "translations"}))

    def save_related(self, request: HttpRequest, form: ModelForm, formsets: Any, change: bool) -> None:
        """A meeting goes on the site once all of it is saved and is there in both languages."""
        super().save_related(request, form, formsets, change)
        if form.cleaned_data["is_published"]:
            self._put_on_site(request, form)

    def _put_on_site(self, request: HttpRequest, form: ModelForm) -> None:
        """What was refused has not been changed, so that the history does not tell it."""
        try:
            put_on_site(form.instance, now=timezone.now())
        except DomainError as refusal:
            messages.error(request, str(refusal))
            form.changed_data.remove("is_published")

    def delete_model(self, request: HttpRequest, obj: Meeting) -> None:
        obj.delete()

    def zone_of_new(self, request: HttpRequest) -> str:
        return valid_zone(request.POST.get("time_zone", ""))

    @admin.display(description=_("title"))
    def title_text(self, meeting: Meeting) -> str:
        return str(meeting.title)

    @admin.display(description=_("begins"), ordering="first")
    def begins(self, meeting: Meeting) -> str:
        return meeting_time(meeting.first, meeting)


@admin.register(DelegationType)
class DelegationTypeAdmin(SilentPages, ProgrammeRecord):
    parent = "meeting"
    list_display = ["name_text", "meeting", "represents", "is_reviewed"]
    list_filter = [MeetingFilter]
    list_select_related = ["meeting"]
    ordering = ["meeting", "order"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "meeting",
                    ("order", "code"),
                    *side_by_side("name", "plural"),
                    "represents",
                    "eligible_groups",
                    ("is_reviewed", "note_verbale_required"),
                    ("seats", "seats_per_delegation", "keeps_waiting_list"),
                ]
            },
        )
    ]
    formfield_overrides = _GROUPS

    @admin.display(description=_("name"))
    def name_text(self, delegation_type: DelegationType) -> str:
        return str(delegation_type.name)
