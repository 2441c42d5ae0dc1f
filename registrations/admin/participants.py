"""The participants: who is coming, from where, and what they were told."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet, prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from registrations.admin.answers import AnswerFields
from registrations.admin.check_in import CheckInPage
from registrations.admin.correction_page import CorrectionPage
from registrations.admin.decisions import offered_decisions
from registrations.admin.elsewhere import ParticipantList, also_in
from registrations.admin.erasure_words import erasure_text
from registrations.admin.filters import LanguageFilter, MeetingFilter, SessionFilter, TypeFilter
from registrations.admin.history import history_address
from registrations.admin.history_words import history_lines
from registrations.admin.language_names import language_name
from registrations.admin.mail_words import mail_lines, mail_state_text
from registrations.admin.meeting_time import meeting_time, short_meeting_time
from registrations.admin.names_only import NamesOnly
from registrations.admin.people_import import PeopleImportPages
from registrations.admin.question_filters import AnswerToQuestionFilter, QuestionFilter, RequiredFilter
from registrations.admin.review import ReviewPages
from registrations.admin.saved_columns import ColumnsPages
from registrations.admin.state_filters import (
    AnswerFilter,
    ChangesFilter,
    DecisionFilter,
    ErasureFilter,
    MailStateFilter,
    PresenceFilter,
    SignedUpFilter,
)
from registrations.admin.substitution import SubstitutionPage
from registrations.enums import Action, Status
from registrations.forms.honorifics import honorifics
from registrations.models import Participant
from registrations.queries.answers import answers_of, are_asked
from registrations.queries.change_words import change_lines
from registrations.queries.elsewhere import elsewhere
from registrations.queries.erasure import erasure_state
from registrations.queries.mail_state import with_mail_state
from registrations.queries.participants import sessions_attended
from registrations.queries.search import search_names, search_participants
from registrations.rules.erasure import Erasure
from registrations.rules.transitions import next_status


@admin.register(Participant)
class ParticipantAdmin(AnswerFields, CorrectionPage, NamesOnly, CheckInPage, PeopleImportPages, ColumnsPages, SubstitutionPage, ReviewPages):
    """Corrections and decisions go through the operations; nobody is added or deleted here."""

    keeps_own_history = True
    list_display = ["name", "delegation_name", "type_name", "function", "session_numbers", "status", "language_name", "mails", "signed_up"]
    list_filter = [
        MeetingFilter,
        TypeFilter,
        "status",
        "role",
        SessionFilter,
        LanguageFilter,
        AnswerFilter,
        PresenceFilter,
        MailStateFilter,
        DecisionFilter,
        ChangesFilter,
        ErasureFilter,
        SignedUpFilter,
        QuestionFilter,
        AnswerToQuestionFilter,
        RequiredFilter,
    ]
    names_display = ["name", "delegation_name", "type_name", "function", "position", "institution", "session_numbers"]
    names_filter = [MeetingFilter, TypeFilter, SessionFilter]
    names_fields = [
        ("honorific", "given_names", "family_names"),
        ("role", "position", "institution"),
        ("delegation_link", "type_name"),
        "meeting_title",
        "sessions",
    ]
    list_per_page = 100
    list_max_show_all = 500
    ordering = ["-created_at"]
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    search_fields = ["search_text"]
    search_help_text = _("Names, e-mail, reference, institution, State in English or Spanish, organization; accents and capitals do not matter.")
    readonly_fields = ["status", "reference", "meeting_title", "delegation_link", "type_name", "source", "signed_up_at", "consented", "erasure"]
    fieldsets = [
        (
            _("Registration"),
            {
                "fields": [
                    ("status", "reference"),
                    "meeting_title",
                    ("delegation_link", "type_name"),
                    ("signed_up_at", "source"),
                    ("consented", "erasure"),
                ]
            },
        ),
        (
            _("Person"),
            {"fields": [("honorific", "given_names", "family_names"), ("role", "position", "institution"), ("email", "phone", "language")]},
        ),
        (_("Participation"), {"fields": ["sessions", "accessibility_needs"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Participant]:
        people = super().get_queryset(request).select_related("meeting", "delegation__entity", "delegation__type")
        if self.sees_names_only(request):
            people = people.filter(status=Status.CONFIRMED)
        return with_mail_state(people).prefetch_related("sessions")

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> Any:
        return super().get_changelist(request, **kwargs) if self.sees_names_only(request) else ParticipantList

    def get_search_results(self, request: HttpRequest, queryset: QuerySet[Participant], search_term: str) -> tuple[QuerySet[Participant], bool]:
        search = search_names if self.sees_names_only(request) else search_participants
        return search(queryset, words=search_term), False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Participant | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Participant | None = None) -> bool:
        return super().has_change_permission(request, obj) and not (obj and _is_beyond_change(obj))

    # --- the page of one participant ----------------------------------------------------------------------------------
    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, obj: Participant, **kwargs: Any) -> HttpResponse:
        if self.sees_names_only(request):
            return super().render_change_form(request, context, *args, obj=obj, **kwargs)
        prefetch_related_objects([obj.meeting], "sessions")
        context |= {
            "bounced_at": meeting_time(obj.bounced_at, obj.meeting) if obj.bounced_at else "",
            "also_in": also_in(elsewhere([obj])[obj.pk]),
            "changes": list(change_lines(obj.to_review, meeting=obj.meeting)),
            "history_address": history_address(participant=obj.pk),
            "history": history_lines(obj.history.all(), meeting=obj.meeting),
            "mails": mail_lines(obj.outbox.select_related("session").order_by("created_at", "due_at"), meeting=obj.meeting),
            "answers": answers_of(obj, sessions=sessions_attended(obj)) if are_asked() else [],
            "may_see_mails": request.user.has_perm("registrations.view_outboxmessage"),
            "offered_actions": self._offered_to(request, obj),
            "may_substitute": next_status(Status(obj.status), Action.SUBSTITUTE) is not None and self.has_change_permission(request, obj),
            "honorifics": honorifics(request.LANGUAGE_CODE),
        }
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def _offered_to(self, request: HttpRequest, participant: Participant) -> list[tuple[str, Any]]:
        allowed = {} if _is_beyond_change(participant) else self.get_actions(request)
        return [(name, words) for name, words in _offered(participant) if name in allowed]

    # --- columns ------------------------------------------------------------------------------------------------------
    @admin.display(description=_("name"), ordering="family_names")
    def name(self, participant: Participant) -> SafeString:
        if participant.erased_at:
            return format_html("{}", participant.full_name)
        return format_html("{} {} <strong>{}</strong>", participant.honorific, participant.given_names, participant.family_names)

    @admin.display(description=_("delegation"))
    def delegation_name(self, participant: Participant) -> SafeString:
        return format_html("{} {}", participant.delegation, also_in(getattr(participant, "elsewhere", [])))

    @admin.display(description=_("type"), ordering="delegation__type__order")
    def type_name(self, participant: Participant) -> str:
        return str(participant.delegation.type)

    @admin.display(description=pgettext_lazy("column", "function"), ordering="role")
    def function(self, participant: Participant) -> str:
        return participant.get_role_display()

    @admin.display(description=_("sessions"))
    def session_numbers(self, participant: Participant) -> str:
        return ", ".join(str(session.number) for session in participant.sessions.all())

    @admin.display(description=_("language"), ordering="language")
    def language_name(self, participant: Participant) -> str:
        return language_name(participant.language)

    @admin.display(description=pgettext_lazy("column", "mails"))
    def mails(self, participant: Participant) -> SafeString:
        return mail_state_text(participant.mail_state)

    @admin.display(description=_("signed up"), ordering="created_at")
    def signed_up(self, participant: Participant) -> str:
        return short_meeting_time(participant.created_at, participant.meeting)

    @admin.display(description=_("signed up"))
    def signed_up_at(self, participant: Participant) -> str:
        return meeting_time(participant.created_at, participant.meeting)

    @admin.display(description=_("data notice accepted"))
    def consented(self, participant: Participant) -> str:
        return meeting_time(participant.consented_at, participant.meeting)

    @admin.display(description=_("erasure of data"))
    def erasure(self, participant: Participant) -> str:
        return erasure_text(participant)

    @admin.display(description=_("meeting"))
    def meeting_title(self, participant: Participant) -> str:
        return str(participant.meeting.title)

    @admin.display(description=_("delegation"))
    def delegation_link(self, participant: Participant) -> SafeString:
        address = reverse("admin:registrations_delegation_change", args=[participant.delegation_id])
        return format_html('<a href="{}">{}</a>', address, participant.delegation)


def _is_beyond_change(participant: Participant) -> bool:
    return erasure_state(participant) in {Erasure.APPROVED, Erasure.DONE}


def _offered(participant: Participant) -> list[tuple[str, Any]]:
    """Name and words of the actions that the transition table allows for this participant."""
    status = Status(participant.status)
    offered = offered_decisions([status])
    if participant.to_review and status == Status.CONFIRMED:
        offered.insert(0, ("accept_changes", _("Accept the changes")))
    if status == Status.WAITING:
        offered.append(("promote", _("Put first on the waiting list ...")))
    if status != Status.WITHDRAWN:
        offered.append(("resend", _("Send the mails again")))
    if participant.is_left_out_of_list:
        offered.append(("name_in_list", _("Name in the list of participants again")))
    elif status == Status.CONFIRMED:
        offered.append(("leave_out_of_list", _("Leave out of the list of participants")))
    return [*offered, ("forget", _("Erase the personal data ..."))]
