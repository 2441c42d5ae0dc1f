"""What the lists of people can be narrowed by: where a registration, its mails and its answers stand."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from registrations.admin.erasure_words import ERASURE_WORDS
from registrations.admin.filters import ChoiceOf, reader_language
from registrations.admin.mail_words import MAIL_STATES
from registrations.enums import Answer, Delivery, Status
from registrations.queries.answers import with_answer
from registrations.queries.attendance import with_presence, without_presence
from registrations.queries.erasure import IN_ERASURE
from registrations.queries.meetings import zone_of_meeting
from registrations.queries.participants import with_changes_to_review
from registrations.queries.review_queue import TO_DECIDE
from registrations.rules.dates import span_text
from registrations.rules.erasure import Erasure


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


class DecisionFilter(ChoiceOf):
    """Those who wait for a decision of the secretariat."""

    title = pgettext_lazy("filter", "decision")
    parameter_name = "decision"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> Sequence[tuple[str, Any]]:
        return [("due", _("to be made"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(TO_DECIDE) if self.value() else queryset


class SignedUpFilter(admin.SimpleListFilter):
    """By the days, of the chosen meeting's calendar, on which they signed up; offered only where such days were asked for."""

    title = pgettext_lazy("filter", "signed up")
    parameter_name = "signed_up"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> Sequence[tuple[str, Any]]:
        days = _days(self.value())
        return [(str(self.value()), span_text(*days, language=reader_language(request)))] if days else []

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        days = _days(self.value())
        if days is None:
            return queryset
        meeting = request.GET.get("meeting", "")
        zone = ZoneInfo(zone_of_meeting(meeting) if meeting.isdecimal() else "UTC")
        first, after = (datetime.combine(day, time.min, tzinfo=zone) for day in (days[0], days[1] + timedelta(days=1)))
        return queryset.filter(created_at__gte=first, created_at__lt=after)


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


class PresenceFilter(ChoiceOf):
    """The confirmed by whether they were there, at the chosen session where one is chosen."""

    title = pgettext_lazy("filter", "presence")
    parameter_name = "presence"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> Sequence[tuple[str, Any]]:
        return [("yes", _("was present")), ("no", _("was not present"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        chosen, session = self.value(), request.GET.get("session", "")
        if not chosen:
            return queryset
        narrowed = with_presence if chosen == "yes" else without_presence
        return narrowed(queryset, session=int(session) if session.isdecimal() else None)


class OwedFilter(ChoiceOf):
    """Mails that are still to be sent."""

    title = pgettext_lazy("filter", "still to be sent")
    parameter_name = "owed"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> Sequence[tuple[str, Any]]:
        return [("yes", _("Yes"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(status__in=[Delivery.QUEUED, Delivery.SENDING]) if self.value() else queryset


def _days(text: str | None) -> tuple[date, date] | None:
    """The first and the last day of "2027-01-18..2027-01-24"; None for any other text."""
    try:
        first, last = (date.fromisoformat(day) for day in (text or "").split(".."))
    except ValueError:
        return None
    return (first, last) if first <= last < date.max and first > date.min else None
