"""Mail that came back: answers of calendars, letters, and what somebody has to look at."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from registrations.admin.actors import organizer
from registrations.admin.decisions import each
from registrations.admin.filters import MeetingFilter
from registrations.admin.meeting_time import incoming_time
from registrations.models import IncomingMessage
from registrations.operations.deal_with import deal_with, put_back

NONE = "none"


class MeetingOrNoneFilter(MeetingFilter):
    """Also the messages that could not be told to belong to any meeting."""

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> Sequence[tuple[str, Any]]:
        return [*super().lookups(request, model_admin), (NONE, pgettext_lazy("meeting of a message", "none known"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(meeting=None) if self.value() == NONE else super().queryset(request, queryset)


class UnreadFilter(admin.SimpleListFilter):
    title = _("dealt with")
    parameter_name = "dealt_with"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> Sequence[tuple[str, Any]]:
        return [("no", _("No")), ("yes", _("Yes"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        chosen = {"no": {"handled_at": None}, "yes": {"handled_at__isnull": False}}
        return queryset.filter(**chosen.get(self.value(), {}))


@admin.register(IncomingMessage)
class IncomingMessageAdmin(admin.ModelAdmin):
    """To be read, and ticked off; what a stranger wrote is only ever shown as text."""

    list_display = ["kind", "sender", "subject", "answer", "meeting_title", "received", "dealt_with"]
    list_filter = [MeetingOrNoneFilter, UnreadFilter, "kind"]
    list_per_page = 100
    list_max_show_all = 500
    ordering = ["-received_at"]
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    search_fields = ["sender", "subject"]
    actions = ["deal_with", "put_back"]
    fieldsets = [
        (None, {"fields": [("kind", "received"), ("sender", "meeting_title"), "subject", "text"]}),
        (_("Calendar"), {"fields": [("answer", "session"), "people"]}),
        (_("Desk"), {"fields": [("dealt_with", "handled_by")]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[IncomingMessage]:
        return super().get_queryset(request).select_related("meeting", "invitation__session", "handled_by")

    def get_readonly_fields(self, request: HttpRequest, obj: IncomingMessage | None = None) -> list[str]:
        return ["received", "meeting_title", "session", "people", "dealt_with"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: IncomingMessage | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: IncomingMessage | None = None) -> bool:
        return False

    def has_read_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("registrations.change_incomingmessage"))

    @admin.action(permissions=["read"], description=_("Mark as dealt with"))
    def deal_with(self, request: HttpRequest, queryset: QuerySet[IncomingMessage]) -> None:
        count = len(each(queryset, partial(deal_with, actor=organizer(request), now=timezone.now())).done)
        messages.success(request, ngettext("%(count)s message dealt with.", "%(count)s messages dealt with.", count) % {"count": count})

    @admin.action(permissions=["read"], description=_("Mark as still to be dealt with"))
    def put_back(self, request: HttpRequest, queryset: QuerySet[IncomingMessage]) -> None:
        count = len(each(queryset, partial(put_back, actor=organizer(request), now=timezone.now())).done)
        messages.success(request, ngettext("%(count)s message put back.", "%(count)s messages put back.", count) % {"count": count})

    # --- columns ------------------------------------------------------------------------------------------------------
    @admin.display(description=_("meeting"))
    def meeting_title(self, message: IncomingMessage) -> str:
        return str(message.meeting.title) if message.meeting else ""

    @admin.display(description=_("session"))
    def session(self, message: IncomingMessage) -> str:
        return str(message.invitation.session) if message.invitation else ""

    @admin.display(description=_("participants on this mailbox"))
    def people(self, message: IncomingMessage) -> SafeString | str:
        if message.invitation is None or message.meeting is None:
            return ""
        address = reverse("admin:registrations_participant_changelist")
        mailbox = message.invitation.mailbox
        return format_html('<a href="{}?meeting={}&amp;q={}">{}</a>', address, message.meeting.pk, mailbox, mailbox)

    @admin.display(description=pgettext_lazy("incoming mail", "received"), ordering="received_at")
    def received(self, message: IncomingMessage) -> str:
        return incoming_time(message.received_at, message.meeting)

    @admin.display(description=_("dealt with"), ordering="handled_at")
    def dealt_with(self, message: IncomingMessage) -> str:
        return incoming_time(message.handled_at, message.meeting)
