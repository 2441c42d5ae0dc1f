"""What the lists can be narrowed by. Each reads at most one statement, whatever the number of rows."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from registrations.admin.erasure_words import ERASURE_WORDS
from registrations.admin.language_names import language_choices
from registrations.admin.mail_words import MAIL_STATES
from registrations.enums import Answer, Delivery, Status
from registrations.models import DelegationType, Meeting, Session
from registrations.queries.answers import with_answer
from registrations.queries.desk_rights import meetings_with, of_meetings
from registrations.queries.erasure import IN_ERASURE
from registrations.queries.mail_state import BOUNCED
from registrations.queries.participants import with_changes_to_review
from registrations.rules.bilingual import wording_of
from registrations.rules.erasure import Erasure


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
        records = of_meetings(self.records(), _own(request, model_admin)).select_related("meeting")
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
        meetings = of_meetings(Meeting.objects.only("slug", "title_en", "title_es"), _own(request, model_admin))
        return [(str(meeting.pk), wording_of(meeting, "title", language=_language(request)).text) for meeting in meetings]


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


class MailStateFilter(ChoiceOf):
    """By what `with_mail_state` found."""

    title = pgettext_lazy("filter", "mails")
    parameter_name = "mails"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> Sequence[tuple[str, Any]]:
        return MAIL_STATES

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        chosen = self.value()
        return queryset.filter(mail_state="" if chosen == "none" else chosen) if chosen else queryset


class ChangesFilter(ChoiceOf):
    """Changes that an organizer has yet to look at."""

    title = pgettext_lazy("filter", "changes to be looked at")
    parameter_name = "changes"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> Sequence[tuple[str, Any]]:
        return [(Status.CONFIRMED.value, _("after confirmation")), (Status.PENDING.value, _("sent in again"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        chosen = self.value()
        return with_changes_to_review(queryset, status=Status(chosen)) if chosen else queryset


class NoteFilter(ChoiceOf):
    """Delegations whose note verbale has come, or is required and has not."""

    title = _("note verbale")
    parameter_name = "note"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> Sequence[tuple[str, Any]]:
        return [("missing", pgettext_lazy("note verbale", "required and missing")), ("received", pgettext_lazy("note verbale", "received"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        chosen = {"missing": {"is_note_missing": True}, "received": {"has_note": True}}
        return queryset.filter(**chosen[self.value()]) if self.value() else queryset


class FocalPointFilter(ChoiceOf):
    """Delegations whose focal point's address has to be corrected."""

    title = _("focal point")
    parameter_name = "focal_point"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> Sequence[tuple[str, Any]]:
        return [(BOUNCED, _("mail came back"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(focal_point_bounced_at__isnull=False) if self.value() else queryset


class ErasureFilter(ChoiceOf):
    """By how far the erasure of the data has come."""

    title = pgettext_lazy("filter", "erasure of data")
    parameter_name = "erasure"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> Sequence[tuple[str, Any]]:
        return [(erasure.value, words) for erasure, words in ERASURE_WORDS.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        chosen = self.value()
        return queryset.filter(IN_ERASURE[Erasure(chosen)]) if chosen else queryset


class AnswerFilter(ChoiceOf):
    """The confirmed by what their calendar answered, to the chosen session where one is chosen."""

    title = pgettext_lazy("filter", "answer to the invitation")
    parameter_name = "answer"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> Sequence[tuple[str, Any]]:
        return Answer.choices

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        chosen, session = self.value(), request.GET.get("session", "")
        return with_answer(queryset, Answer(chosen), session=session if session.isdecimal() else None) if chosen else queryset


class OwedFilter(ChoiceOf):
    """Mails that are still to be sent."""

    title = pgettext_lazy("filter", "still to be sent")
    parameter_name = "owed"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> Sequence[tuple[str, Any]]:
        return [("yes", _("Yes"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(status__in=[Delivery.QUEUED, Delivery.SENDING]) if self.value() else queryset


def _language(request: HttpRequest) -> str:
    return getattr(request, "LANGUAGE_CODE", "en")


def _own(request: HttpRequest, model_admin: admin.ModelAdmin) -> frozenset[int] | None:
    """The meetings that the reader may choose, whatever is chosen now; None for every meeting."""
    name = model_admin.opts.model_name
    return meetings_with(request.user, f"view_{name}", f"change_{name}", getattr(model_admin, "names_right", ""), narrowed=False)
