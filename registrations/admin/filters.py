"""What the lists can be narrowed by. Each reads at most one statement, whatever the number of rows."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from registrations.admin.language_names import language_choices
from registrations.models import DelegationType, Meeting, Session
from registrations.queries.desk_rights import meetings_with, of_meetings
from registrations.rules.meeting_names import told_apart


class ChoiceOf(admin.SimpleListFilter):
    """Rows whose `column` is the chosen one."""

    column = ""

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(**{self.column: self.value()}) if self.value() else queryset

    def value(self) -> str | None:
        chosen = super().value()
        return chosen if chosen in {str(key) for key, _label in self.lookup_choices} else None


class _OfMeeting(ChoiceOf):
    """Records of the chosen meeting, or of all meetings with the meeting's address in front."""

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> Sequence[tuple[str, str]]:
        records = of_meetings(self.records(), own_meetings(request, model_admin)).select_related("meeting")
        chosen = request.GET.get("meeting", "")
        offered = [record for record in records if chosen in ("", str(record.meeting_id))]
        if len({record.meeting_id for record in offered}) < 2:
            return [(str(record.pk), self.label(record)) for record in offered]
        return [(str(record.pk), f"{record.meeting}: {self.label(record)}") for record in offered]

    def records(self) -> QuerySet[Any]:
        raise NotImplementedError

    def label(self, record: Any) -> str:
        return str(record)


class MeetingFilter(ChoiceOf):
    title = _("meeting")
    parameter_name = "meeting"
    column = "meeting"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> Sequence[tuple[str, str]]:
        meetings = of_meetings(Meeting.objects.only("slug", "title_en", "title_es"), own_meetings(request, model_admin))
        return [(str(key), name) for key, name in told_apart(meetings, language=reader_language(request)).items()]


class MeetingOfTypeFilter(MeetingFilter):
    column = "type__meeting"


class MeetingOfSessionFilter(MeetingFilter):
    column = "session__meeting"


class MeetingOfItemFilter(MeetingFilter):
    column = "item__session__meeting"


class TypeFilter(_OfMeeting):
    title = _("type of delegation")
    parameter_name = "type"
    column = "delegation__type"

    def records(self) -> QuerySet[Any]:
        return DelegationType.objects.order_by("meeting", "order", "pk")


class TypeOfDelegationFilter(TypeFilter):
    column = "type"


class SessionFilter(_OfMeeting):
    title = _("session")
    parameter_name = "session"
    column = "sessions"

    def records(self) -> QuerySet[Any]:
        return Session.objects.order_by("meeting", "number")

    def label(self, record: Any) -> str:
        return f"{record.number}. {record}"


class LanguageFilter(ChoiceOf):
    title = _("language of correspondence")
    parameter_name = "language"
    column = "language"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> Sequence[tuple[str, str]]:
        return language_choices()


def reader_language(request: HttpRequest) -> str:
    return getattr(request, "LANGUAGE_CODE", "en")


def own_meetings(request: HttpRequest, model_admin: admin.ModelAdmin) -> frozenset[int] | None:
    """The meetings that the reader may choose, whatever is chosen now; None for every meeting."""
    name = model_admin.opts.model_name
    return meetings_with(request.user, f"view_{name}", f"change_{name}", getattr(model_admin, "names_right", ""), narrowed=False)
