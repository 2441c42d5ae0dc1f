"""The mails that are owed and were sent, each as it looks."""

from functools import partial
from typing import Any
from uuid import UUID

from csp.decorators import csp
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.clickjacking import xframe_options_sameorigin

from registrations.admin.actors import organizer
from registrations.admin.decisions import each, tell_refusals
from registrations.admin.filters import LanguageFilter, MeetingFilter
from registrations.admin.language_names import language_name
from registrations.admin.mail_parts import MAIL_POLICY, mail_parts
from registrations.admin.mail_words import event_lines, state_text
from registrations.admin.meeting_time import meeting_time, short_meeting_time
from registrations.admin.state_filters import OwedFilter
from registrations.enums import Delivery
from registrations.models import OutboxMessage
from registrations.models.participant import erased_name
from registrations.operations.retry import retry
from registrations.queries.search import search_messages
from registrations.rules.retrying import is_given_up


@admin.register(OutboxMessage)
class OutboxMessageAdmin(admin.ModelAdmin):
    """Nothing is written here but the wish to try again."""

    list_display = ["kind", "recipient", "language_name", "state", "due", "attempts", "short_outcome"]
    list_filter = [MeetingFilter, OwedFilter, "status", "arrival", "kind", LanguageFilter]
    list_select_related = ["meeting"]
    list_per_page = 100
    list_max_show_all = 500
    ordering = ["-created_at"]
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    search_fields = ["mailbox"]
    search_help_text = _("Name or address of the recipient; accents and capitals do not matter.")
    actions = ["try_again"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("kind", "status", "arrival"),
                    ("recipient_name", "recipient_email", "language_name"),
                    ("participant", "delegation", "session"),
                    "letter",
                ]
            },
        ),
        (_("Sending"), {"fields": [("owed_since", "due_since", "sent"), ("attempts", "provider_id"), "outcome"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[OutboxMessage]:
        return super().get_queryset(request).select_related("meeting")

    def get_search_results(self, request: HttpRequest, queryset: QuerySet[OutboxMessage], search_term: str) -> tuple[QuerySet[OutboxMessage], bool]:
        return search_messages(queryset, words=search_term), False

    def get_readonly_fields(self, request: HttpRequest, obj: OutboxMessage | None = None) -> list[str]:
        return ["language_name", "owed_since", "due_since", "sent"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: OutboxMessage | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: OutboxMessage | None = None) -> bool:
        return False

    def has_retry_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("registrations.change_outboxmessage"))

    @admin.action(permissions=["retry"], description=_("Try again to send"))
    def try_again(self, request: HttpRequest, queryset: QuerySet[OutboxMessage]) -> None:
        report = each(queryset, partial(retry, actor=organizer(request), now=timezone.now()))
        count = len(report.done)
        if count:
            messages.success(request, ngettext("%(count)s mail is sent again.", "%(count)s mails are sent again.", count) % {"count": count})
        tell_refusals(request, report.refusals)

    # --- the mail as it looks -----------------------------------------------------------------------------------------
    def get_urls(self) -> list[URLPattern]:
        html = xframe_options_sameorigin(csp(MAIL_POLICY)(self.admin_site.admin_view(self.html_view)))
        return [path("<uuid:pk>/html/", html, name="registrations_outboxmessage_html"), *super().get_urls()]

    def html_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """The HTML part alone, for the frame on the message's page: nothing in it runs, and it leads nowhere."""
        message = self.get_object(request, str(pk)) if self.has_view_permission(request) else None
        if message is None:
            raise Http404
        return HttpResponse(mail_parts(message, now=timezone.now()).html)

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, obj: OutboxMessage, **kwargs: Any) -> HttpResponse:
        context |= {
            "title": capfirst(self.opts.verbose_name),
            "parts": mail_parts(obj, now=timezone.now()),
            "events": event_lines(obj.events.all(), meeting=obj.meeting),
            "may_retry": is_given_up(Delivery(obj.status), repeats=obj.repeats) and self.has_retry_permission(request),
        }
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    # --- columns ------------------------------------------------------------------------------------------------------
    @admin.display(description=_("recipient"), ordering="recipient_name")
    def recipient(self, message: OutboxMessage) -> str:
        return f"{message.recipient_name} <{message.recipient_email}>" if message.recipient_email else erased_name()

    @admin.display(description=_("status"), ordering="status")
    def state(self, message: OutboxMessage) -> str:
        return state_text(message)

    @admin.display(description=_("language"), ordering="language")
    def language_name(self, message: OutboxMessage) -> str:
        return language_name(message.language)

    @admin.display(description=_("due"), ordering="due_at")
    def due(self, message: OutboxMessage) -> str:
        return short_meeting_time(message.due_at, message.meeting)

    @admin.display(description=_("due"))
    def due_since(self, message: OutboxMessage) -> str:
        return meeting_time(message.due_at, message.meeting)

    @admin.display(description=_("owed since"))
    def owed_since(self, message: OutboxMessage) -> str:
        return meeting_time(message.created_at, message.meeting)

    @admin.display(description=_("sent"))
    def sent(self, message: OutboxMessage) -> str:
        return meeting_time(message.sent_at, message.meeting)

    @admin.display(description=_("outcome"))
    def short_outcome(self, message: OutboxMessage) -> str:
        return message.outcome[:120]
