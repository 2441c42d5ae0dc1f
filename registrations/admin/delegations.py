"""The delegations with their participants; read here, changed through the participants."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from registrations.admin.decisions import offered_decisions
from registrations.admin.delegation_filters import FocalPointFilter, NoteFilter, PeopleFilter
from registrations.admin.elsewhere import DelegationList, also_in
from registrations.admin.filters import MeetingOfTypeFilter, TypeOfDelegationFilter
from registrations.admin.focal_points import FocalPointActions
from registrations.admin.history import history_address
from registrations.admin.history_words import history_lines
from registrations.admin.language_names import language_name
from registrations.admin.meeting_time import meeting_time
from registrations.admin.names_only import NamesOnly
from registrations.admin.notes import NoteActions
from registrations.enums import Status
from registrations.models import Delegation, Participant
from registrations.queries.elsewhere import elsewhere
from registrations.queries.notes import with_note_state
from registrations.queries.plain_letters import by_delegation
from registrations.queries.search import search_delegation_names, search_delegations

_COUNTED = (Status.CONFIRMED, Status.PENDING, Status.WAITING)


@dataclass(frozen=True)
class _Row:
    """Somebody on the page of the delegation, whether there is anything to decide about them, and where else they take part."""

    participant: Participant
    is_open: bool
    also_in: SafeString

    @property
    def is_ticked(self) -> bool:
        """Whoever was declined is decided about again only if an organizer picks them out."""
        return self.participant.status != Status.DECLINED


@admin.register(Delegation)
class DelegationAdmin(NamesOnly, FocalPointActions, NoteActions):
    list_display = ["represented", "type", "focal_point", "confirmed", "pending", "waiting", "everybody", "note", "shared_people"]
    list_filter = [MeetingOfTypeFilter, TypeOfDelegationFilter, PeopleFilter, NoteFilter, FocalPointFilter]
    names_display = ["represented", "type"]
    names_filter = [MeetingOfTypeFilter, TypeOfDelegationFilter]
    names_fields = ["represented", "type_name", "meeting_title"]
    list_per_page = 100
    list_max_show_all = 500
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    search_fields = ["organization_key"]
    search_help_text = _("State in English or Spanish, organization, focal point; accents and capitals do not matter.")
    fields = ["represented", "type", "meeting_title", "focal_point_name", "focal_point_address", "focal_point_tongue", "since"]
    readonly_fields: list[Any] = [*fields, "type_name"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Delegation]:
        numbers = {f"number_{status}": _number_of_people(status=status) for status in _COUNTED}
        delegations = super().get_queryset(request).select_related("type__meeting", "entity")
        delegations = with_note_state(delegations)
        return delegations.annotate(**numbers, number=_number_of_people(), alphabetical=by_delegation(request.LANGUAGE_CODE))

    def get_ordering(self, request: HttpRequest) -> list[Any]:
        return [by_delegation(request.LANGUAGE_CODE).asc()]

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> Any:
        return super().get_changelist(request, **kwargs) if self.sees_names_only(request) else DelegationList

    def get_search_results(self, request: HttpRequest, queryset: QuerySet[Delegation], search_term: str) -> tuple[QuerySet[Delegation], bool]:
        search = search_delegation_names if self.sees_names_only(request) else search_delegations
        return search(queryset, words=search_term), False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Delegation | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Delegation | None = None) -> bool:
        return False

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, obj: Delegation, **kwargs: Any) -> HttpResponse:
        context["title"] = capfirst(self.opts.verbose_name)
        people = obj.participants.order_by("order", "pk")
        if self.sees_names_only(request):
            context["participants"] = [_Row(person, False, SafeString("")) for person in people.filter(status=Status.CONFIRMED)]
            return super().render_change_form(request, context, *args, obj=obj, **kwargs)
        where = elsewhere(people)
        context |= {
            "participants": [_Row(person, _is_open(person), also_in(where[person.pk])) for person in people],
            "decisions": self._decisions(request, people),
            "history_address": history_address(delegation=obj.pk),
            "history": history_lines(obj.history.filter(participant=None), meeting=obj.type.meeting),
            **self.notes_context(request, obj),
            "bounced_at": meeting_time(obj.focal_point_bounced_at, obj.type.meeting) if obj.focal_point_bounced_at else "",
            "may_hand_over": self.has_focal_point_permission(request),
        }
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def _decisions(self, request: HttpRequest, people: Iterable[Participant]) -> list[tuple[str, Any]]:
        allowed = self.admin_site.get_model_admin(Participant).get_actions(request)
        return [(name, words) for name, words in offered_decisions(person.status for person in people) if name in allowed]

    # --- columns ------------------------------------------------------------------------------------------------------
    @admin.display(description=_("State or organization"), ordering="alphabetical")
    def represented(self, delegation: Delegation) -> str:
        return str(delegation)

    @admin.display(description=_("type"))
    def type_name(self, delegation: Delegation) -> str:
        return str(delegation.type)

    @admin.display(description=_("note verbale"), ordering="has_note")
    def note(self, delegation: Delegation) -> str:
        if delegation.has_note:
            return _("received")
        return _("missing") if delegation.is_note_missing else "–"

    @admin.display(description=_("people of several delegations"), empty_value="")
    def shared_people(self, delegation: Delegation) -> SafeString:
        return format_html_join("", "<div>{} {}</div>", ((person, also_in(twins)) for person, twins in delegation.shared))

    @admin.display(description=_("focal point"), ordering="focal_point_name")
    def focal_point(self, delegation: Delegation) -> SafeString:
        came_back = format_html('<span class="mails-bounced">{}</span>', _("mail came back")) if delegation.focal_point_bounced_at else ""
        return format_html("{} <span class='zone'>{} {}</span>", delegation.focal_point_name, delegation.focal_point_email, came_back)

    @admin.display(description=Status.CONFIRMED.label, ordering="number_confirmed")
    def confirmed(self, delegation: Delegation) -> SafeString | int:
        return _linked(delegation, delegation.number_confirmed, status=Status.CONFIRMED)

    @admin.display(description=Status.PENDING.label, ordering="number_pending")
    def pending(self, delegation: Delegation) -> SafeString | int:
        return _linked(delegation, delegation.number_pending, status=Status.PENDING)

    @admin.display(description=Status.WAITING.label, ordering="number_waiting")
    def waiting(self, delegation: Delegation) -> SafeString | int:
        return _linked(delegation, delegation.number_waiting, status=Status.WAITING)

    @admin.display(description=_("all, whatever their status"), ordering="number")
    def everybody(self, delegation: Delegation) -> SafeString | int:
        return _linked(delegation, delegation.number)

    @admin.display(description=_("meeting"))
    def meeting_title(self, delegation: Delegation) -> str:
        return str(delegation.type.meeting.title)

    @admin.display(description=_("focal point's e-mail"))
    def focal_point_address(self, delegation: Delegation) -> SafeString:
        return format_html('<a href="mailto:{0}">{0}</a>', delegation.focal_point_email)

    @admin.display(description=_("focal point's language"))
    def focal_point_tongue(self, delegation: Delegation) -> str:
        return language_name(delegation.focal_point_language)

    @admin.display(description=_("since"), ordering="created_at")
    def since(self, delegation: Delegation) -> str:
        return meeting_time(delegation.created_at, delegation.type.meeting)


def _is_open(person: Participant) -> bool:
    return bool(offered_decisions([person.status]))


def _number_of_people(**which: Status) -> Coalesce:
    """How many participants a delegation has; counted row by row, so that the number of rows is counted without them."""
    people = Participant.objects.filter(delegation=OuterRef("pk"), **which).order_by()
    return Coalesce(Subquery(people.values("delegation").annotate(number=Count("pk")).values("number")), 0)


def _linked(delegation: Delegation, number: int, *, status: Status | None = None) -> SafeString | int:
    """The number as a link to exactly those participants."""
    if not number:
        return 0
    address = f"{reverse('admin:registrations_participant_changelist')}?delegation__id__exact={delegation.pk}"
    return format_html('<a href="{}">{}</a>', address + (f"&status__exact={status.value}" if status else ""), number)
