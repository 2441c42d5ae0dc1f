"""Everything that was done, by whom and through which door, with what it was before and after; only read here."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from registrations.admin.filters import ChoiceOf, MeetingFilter
from registrations.admin.meeting_time import short_meeting_time
from registrations.enums import Door, Status
from registrations.exports.history_table import history_download
from registrations.models import HistoryEntry
from registrations.queries.change_words import ChangeLine
from registrations.queries.desk_rights import has_everywhere
from registrations.queries.edit_words import model_of
from registrations.queries.history import EVENTS, actor_words, event_words, more_words
from registrations.queries.history_list import lines_of, search_history, seen_by, with_records, with_shared_meetings

_NONE = "none"
_SHOWN = 8
"""So many changed fields are listed at once; more of them, as of a new meeting, open on demand."""
_ABOUT = ("participant", "delegation", "meeting", "entity")
"""Whom or what an entry is about, the narrowest first; each has a page."""
_RECORDS = (
    *("meeting", "session", "programmeitem", "speaker", "delegationtype", "clock", "host", "reminder", "preparedreason", "deskmembership"),
    *(
        "expecteddelegation",
        "letter",
        "incomingmessage",
        "savedcolumns",
        "knownheading",
        "meetingtext",
        "question",
        "entity",
        "auth.user",
        "auth.group",
    ),
)
"""The kinds of records of whose changes the history tells."""


class EventFilter(ChoiceOf):
    title = pgettext_lazy("filter", "what was done")
    parameter_name = "event"
    column = "event"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return [(str(event), words) for event, words in EVENTS.items()]


class DoorFilter(ChoiceOf):
    title = pgettext_lazy("filter", "door")
    parameter_name = "door"
    column = "door"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return list(Door.choices)


class OrganizerFilter(ChoiceOf):
    title = pgettext_lazy("filter", "organizer")
    parameter_name = "user"
    column = "user"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [(str(user.pk), user.get_full_name() or user.get_username()) for user in User.objects.filter(is_staff=True).order_by("username")]


class MeetingOrNoneFilter(MeetingFilter):
    """Also what belongs to no meeting, for those who read the history of every meeting."""

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        of_none = [(_NONE, _("none: States, organizations, accounts"))] if has_everywhere(request.user, "view_historyentry") else []
        return [*super().lookups(request, model_admin), *of_none]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(meeting=None) if self.value() == _NONE else super().queryset(request, queryset)


class RecordFilter(ChoiceOf):
    title = pgettext_lazy("filter", "kind of record")
    parameter_name = "record"
    column = "facts__record"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return [(kind, model_of(kind)._meta.verbose_name) for kind in _RECORDS]


class HistoryList(ChangeList):
    """Each row has its meeting with the sessions, read once."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        self.result_list = list(with_shared_meetings(self.result_list))


@admin.register(HistoryEntry)
class HistoryEntryAdmin(admin.ModelAdmin):
    list_display = ["when", "what", "about", "who"]
    list_display_links = None
    list_filter = [MeetingOrNoneFilter, "at", DoorFilter, OrganizerFilter, RecordFilter, EventFilter]
    list_per_page = 100
    list_max_show_all = 500
    ordering = ["-at", "-pk"]
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    search_fields = ["actor"]
    search_help_text = _("Participant, State or organization, or who did it; accents and capitals do not matter.")
    actions = ["export_csv"]
    fields = ["when", "what", "about", "who"]
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[HistoryEntry]:
        return seen_by(request.user, with_records(super().get_queryset(request)))

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[HistoryList]:
        return HistoryList

    def get_search_results(self, request: HttpRequest, queryset: QuerySet[HistoryEntry], search_term: str) -> tuple[QuerySet[HistoryEntry], bool]:
        return search_history(queryset, words=search_term), False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: HistoryEntry | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: HistoryEntry | None = None) -> bool:
        return False

    @admin.action(permissions=["view"], description=_("Export as CSV"))
    def export_csv(self, request: HttpRequest, queryset: QuerySet[HistoryEntry]) -> HttpResponseBase:
        return history_download(queryset, language=request.LANGUAGE_CODE, now=timezone.now())

    # --- columns ------------------------------------------------------------------------------------------------------
    @admin.display(description=_("when"), ordering="at")
    def when(self, entry: HistoryEntry) -> str:
        return short_meeting_time(entry.at, entry.meeting)

    @admin.display(description=pgettext_lazy("column", "what"))
    def what(self, entry: HistoryEntry) -> SafeString:
        lines = lines_of(entry)
        more = more_words(entry.facts, meeting=entry.meeting) if not lines or "record" in entry.facts else ""
        status = Status(entry.status).label if entry.status in Status.values else entry.status
        title = format_html("<strong>{}</strong>{}", capfirst(event_words(entry.event)), f": {more}" if more else "")
        told = format_html("{}{}", title, _changes(lines)) if lines else title
        return format_html('{} <span class="zone">{}</span>', told, _("status afterwards: %(status)s") % {"status": status}) if status else told

    @admin.display(description=pgettext_lazy("column", "about"))
    def about(self, entry: HistoryEntry) -> SafeString:
        page = next((name for name in _ABOUT if getattr(entry, f"{name}_id")), "")
        if not page:
            return SafeString("–")
        record = getattr(entry, page)
        address = reverse(f"admin:registrations_{page}_change", args=[record.pk])
        name, whose = (record.title, entry.type or "") if page == "meeting" else (record, entry.delegation if entry.participant_id else "")
        return format_html('<a href="{}">{}</a> <span class="zone">{}</span>', address, name, whose)

    @admin.display(description=pgettext_lazy("column", "who"), ordering="actor")
    def who(self, entry: HistoryEntry) -> SafeString:
        """With the door, where that says more than who it was."""
        words, door = str(actor_words(entry.actor)), str(entry.get_door_display())
        return format_html('{} <span class="zone">{}</span>', words, "" if door == words else door)


def _changes(lines: list[ChangeLine]) -> SafeString:
    items = format_html_join("", "<li>{}: {} → {}</li>", ((line.field, line.before, line.after) for line in lines))
    listed = format_html("<ul class='changes'>{}</ul>", items)
    if len(lines) <= _SHOWN:
        return listed
    number = ngettext("%(count)s field", "%(count)s fields", len(lines)) % {"count": len(lines)}
    return format_html("<details><summary>{}</summary>{}</details>", number, listed)


def history_address(**wanted: Any) -> str:
    """The list, narrowed to a participant, delegation, meeting or entity."""
    return f"{reverse('admin:registrations_historyentry_changelist')}?{urlencode(wanted)}"
