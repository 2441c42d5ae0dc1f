"""The desk: Django's admin with the meetings' figures on its first page.

It stands outside registrations.admin, whose modules register with it as soon as that package is imported.
"""

from http import HTTPStatus
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registrations.details import organizer_of
from registrations.enums import Answer, Status
from registrations.operations.record_edits import record_edits
from registrations.queries.desk import MeetingFigures, figures_of_published_meetings
from registrations.queries.desk_rights import has_everywhere, meetings_with
from registrations.queries.edits import edit
from registrations.queries.incoming import unread_by_meeting
from registrations.views.desk_access import entered, in_meetings
from registrations.views.desk_history import told
from registrations.views.second_factor import SecondFactorPages

_ORDER = (
    "Participant",
    "Delegation",
    "OutboxMessage",
    "Letter",
    "IncomingMessage",
    "Meeting",
    "Session",
    "ProgrammeItem",
    "Speaker",
    "DelegationType",
    "ExpectedDelegation",
    "Entity",
    "HistoryEntry",
)


class Desk(SecondFactorPages):
    """The organizers' site under /admin/."""

    site_header = _("Registration desk")
    site_title = _("Registration desk")
    index_title = _("Where things stand")
    enable_nav_sidebar = False  # the lists are wide; the bar under the header leads to them

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Everything within the meetings of whoever asks, and told in the history; the keys and counters of the second factor not at all."""
        for model in model_or_iterable if isinstance(model_or_iterable, list | tuple) else [model_or_iterable]:
            if not model._meta.app_label.startswith("otp_"):
                super().register(model, in_meetings(told(admin_class or admin.ModelAdmin), model=model), **options)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        return super().admin_view(entered(view), cacheable)

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        figures = _figures_for(request.user) if request.user.has_perm("registrations.view_participant") else None
        unassigned = unread_by_meeting().get(None, 0) if has_everywhere(request.user, "view_incomingmessage") else 0
        context = {"figures": figures, "statuses": list(Status), "answers": list(Answer), "unassigned": unassigned}
        return super().index(request, {**(extra_context or {}), **context})

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Django's page; it leads on once the password is changed, and only then."""
        answer = super().password_change(request, extra_context)
        if request.method == "POST" and answer.status_code == HTTPStatus.FOUND:
            record_edits(None, [edit("set password", request.user)], actor=organizer_of(request.user), now=timezone.now())
        return answer

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """People and mails before the records that are seldom touched."""
        apps = super().get_app_list(request, app_label)
        for app in apps:
            app["models"].sort(key=lambda model: _ORDER.index(model["object_name"]) if model["object_name"] in _ORDER else len(_ORDER))
        return sorted(apps, key=lambda app: app["app_label"] != "registrations")


def _figures_for(user: Any) -> list[MeetingFigures]:
    """Of the meetings whose participants the user may see."""
    meetings = meetings_with(user, "view_participant")
    figures = figures_of_published_meetings(now=timezone.now())
    return [each for each in figures if meetings is None or each.meeting.pk in meetings]
