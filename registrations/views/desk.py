"""The desk: Django's admin with the meetings' figures on its first page.

It stands outside registrations.admin, whose modules register with it as soon as that package is imported.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registrations.enums import Answer, Status
from registrations.queries.desk import figures_of_published_meetings
from registrations.queries.incoming import unread_by_meeting
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
)


class Desk(SecondFactorPages):
    """The organizers' site under /admin/."""

    site_header = _("Registration desk")
    site_title = _("Registration desk")
    index_title = _("Where things stand")
    enable_nav_sidebar = False  # the lists are wide; the bar under the header leads to them

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """The keys and counters of the second factor are nothing to be looked at."""
        models = model_or_iterable if isinstance(model_or_iterable, list | tuple) else [model_or_iterable]
        super().register([model for model in models if not model._meta.app_label.startswith("otp_")], admin_class, **options)

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        figures = figures_of_published_meetings(now=timezone.now()) if request.user.has_perm("registrations.view_participant") else None
        unassigned = unread_by_meeting().get(None, 0) if request.user.has_perm("registrations.view_incomingmessage") else 0
        context = {"figures": figures, "statuses": list(Status), "answers": list(Answer), "unassigned": unassigned}
        return super().index(request, {**(extra_context or {}), **context})

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """People and mails before the records that are seldom touched."""
        apps = super().get_app_list(request, app_label)
        for app in apps:
            app["models"].sort(key=lambda model: _ORDER.index(model["object_name"]) if model["object_name"] in _ORDER else len(_ORDER))
        return sorted(apps, key=lambda app: app["app_label"] != "registrations")
