"""What the lists of delegations, of those expected and of States can be narrowed by, beside what all lists have."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from registrations.admin.filters import ChoiceOf, MeetingFilter
from registrations.queries.delegation_state import IS_HEAD_MISSING, IS_REPRESENTED
from registrations.queries.desk_counts import states_represented
from registrations.queries.expected import SILENT, states_expected
from registrations.queries.mail_state import BOUNCED


class PeopleFilter(ChoiceOf):
    """Delegations by the people they have."""

    title = pgettext_lazy("filter", "people")
    parameter_name = "people"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> Sequence[tuple[str, Any]]:
        return [("confirmed", _("with somebody confirmed")), ("no-head", _("without a head of delegation"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        chosen = {"confirmed": IS_REPRESENTED, "no-head": IS_HEAD_MISSING}
        return queryset.filter(chosen[self.value()]) if self.value() else queryset


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


class RepresentedFilter(MeetingFilter):
    """States by the meetings at which they are represented."""

    title = _("represented at")
    parameter_name = "represented"

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return states_represented(queryset, meeting=int(self.value())) if self.value() else queryset


class ExpectedAtFilter(MeetingFilter):
    """States by the meetings at which they are expected."""

    title = _("expected at")
    parameter_name = "expected"

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return states_expected(queryset, meeting=int(self.value())) if self.value() else queryset


class SilentFilter(ChoiceOf):
    """Expected delegations by whether they have answered."""

    title = pgettext_lazy("filter", "answer")
    parameter_name = "answer"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> Sequence[tuple[str, Any]]:
        return [("silent", _("not yet")), ("signed-up", pgettext_lazy("expected delegation", "signed up"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        chosen = {"silent": SILENT, "signed-up": ~SILENT}
        return queryset.filter(chosen[self.value()]) if self.value() else queryset


class AddressFilter(ChoiceOf):
    """Expected delegations by whether they can be written to."""

    title = pgettext_lazy("filter", "contact e-mail")
    parameter_name = "address"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> Sequence[tuple[str, Any]]:
        return [("known", pgettext_lazy("address", "known")), ("missing", pgettext_lazy("address", "missing"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        chosen = {"known": ~Q(mailbox=""), "missing": Q(mailbox="")}
        return queryset.filter(chosen[self.value()]) if self.value() else queryset
