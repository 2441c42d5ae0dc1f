"""The programme: sessions, their items, and who speaks."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from registrations.admin.bilingual_fields import LabelledFields, side_by_side
from registrations.admin.drafted_records import DraftedInline
from registrations.admin.filters import MeetingFilter, MeetingOfItemFilter, MeetingOfSessionFilter
from registrations.admin.meeting_time import meeting_time
from registrations.admin.programme_record import InOrderForm, ProgrammeRecord, SessionForm
from registrations.models import ProgrammeItem, Session, Speaker


class ItemInline(DraftedInline, LabelledFields, admin.StackedInline):
    model = ProgrammeItem
    form = InOrderForm
    extra = 0
    fields = [("order", "publication"), *side_by_side("title"), ("starts_at", "ends_at"), "time_confirmed"]
    show_change_link = True


class SpeakerInline(DraftedInline, LabelledFields, admin.StackedInline):
    model = Speaker
    extra = 0
    fields = [("order", "name", "publication"), *side_by_side("honorific", "office", "country")]


@admin.register(Session)
class SessionAdmin(ProgrammeRecord):
    parent = "meeting"
    form = SessionForm
    list_display = ["title_text", "number", "meeting", "starts", "publication"]
    list_filter = [MeetingFilter]
    list_select_related = ["meeting"]
    search_fields = ["title_en", "title_es"]
    ordering = ["-starts_at"]
    fieldsets = [(None, {"fields": ["meeting", "number", *side_by_side("title"), ("starts_at", "ends_at"), "is_cancelled"]})]
    inlines = [ItemInline]

    @admin.display(description=_("title"))
    def title_text(self, session: Session) -> str:
        return str(session.title)

    @admin.display(description=_("starts"), ordering="starts_at")
    def starts(self, session: Session) -> str:
        return meeting_time(session.starts_at, session.meeting)


@admin.register(ProgrammeItem)
class ProgrammeItemAdmin(ProgrammeRecord):
    meeting_path = "session.meeting"
    parent = "session"
    form = InOrderForm
    list_display = ["title_text", "session", "starts", "time_confirmed", "publication"]
    list_filter = [MeetingOfSessionFilter, "time_confirmed"]
    list_select_related = ["session__meeting"]
    search_fields = ["title_en", "title_es"]
    ordering = ["-session__starts_at", "starts_at", "order"]
    fieldsets = [(None, {"fields": ["session", "order", *side_by_side("title", "description"), ("starts_at", "ends_at"), "time_confirmed"]})]
    inlines = [SpeakerInline]

    @admin.display(description=_("title"))
    def title_text(self, item: ProgrammeItem) -> str:
        return str(item.title)

    @admin.display(description=_("starts"), ordering="starts_at")
    def starts(self, item: ProgrammeItem) -> str:
        return meeting_time(item.starts_at, item.session.meeting)


@admin.register(Speaker)
class SpeakerAdmin(ProgrammeRecord):
    meeting_path = "item.session.meeting"
    parent = "item"
    list_display = ["speaker", "office_text", "item", "publication"]
    list_filter = [MeetingOfItemFilter]
    list_select_related = ["item__session__meeting"]
    search_fields = ["name", "office_en", "office_es", "country_en", "country_es"]
    ordering = ["item__starts_at", "order"]
    fieldsets = [(None, {"fields": ["item", ("order", "name"), *side_by_side("honorific", "office", "country")]})]

    @admin.display(description=_("name"), ordering="name")
    def speaker(self, speaker: Speaker) -> str:
        return f"{speaker.honorific} {speaker}".strip()

    @admin.display(description=_("office"))
    def office_text(self, speaker: Speaker) -> str:
        return str(speaker.office)
