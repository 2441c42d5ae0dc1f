"""What can be done to the chosen participants, from the list and from the page of one of them."""

from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy, ngettext

from registrations.admin.actors import organizer
from registrations.admin.decisions import Report, each, tell_refusals
from registrations.admin.exporting import EXPORTS, ExportActions
from registrations.admin.reason_form import CorrectionRequestForm, DeclineForm, PromotionForm
from registrations.admin.room_papers import certificate_download
from registrations.enums import Status
from registrations.errors import DomainError
from registrations.models import Participant
from registrations.operations.accept_changes import accept_changes
from registrations.operations.confirm import confirm
from registrations.operations.decline import decline
from registrations.operations.draft_letter import begin_letter
from registrations.operations.forget import forget
from registrations.operations.list_naming import leave_out_of_list, name_in_list
from registrations.operations.promote import promote
from registrations.operations.resend import resend
from registrations.operations.return_for_correction import return_for_correction
from registrations.operations.withdraw import withdraw
from registrations.queries.desk_rights import meetings_with, of_meetings
from registrations.queries.plain_letters import by_delegation
from registrations.queries.prepared_reasons import prepared_reasons_for
from registrations.queries.questions import asked_of_all
from registrations.rules.desk_roles import DECIDING

_LISTED = 200
_PAGES = {"page_of": "admin:registrations_participant_change", "page_of_delegation": "admin:registrations_delegation_change"}
"""The fields that name the participant or delegation on whose page something was decided."""


class ParticipantActions(ExportActions):
    """The actions; POST only. `chosen` holds those of the page before, so that what was shown is what is decided."""

    actions = [
        "confirm",
        "decline",
        "return_for_correction",
        "accept_changes",
        "promote",
        "withdraw",
        "resend",
        "leave_out_of_list",
        "name_in_list",
        "write_letter",
        "forget",
        "certificates",
        *EXPORTS,
    ]

    def has_decide_permission(self, request: HttpRequest) -> bool:
        return any(request.user.has_perm(f"registrations.{right}") for right in DECIDING)

    @admin.action(permissions=["decide"], description=gettext_lazy("Confirm"))
    def confirm(self, request: HttpRequest, queryset: QuerySet[Participant]) -> HttpResponse | None:
        report = each(chosen_of(request, queryset), partial(confirm, actor=organizer(request), now=timezone.now()))
        confirmed = sum(participant.status == Status.CONFIRMED for participant in report.done)
        _tell(request, ngettext("%(count)s registration confirmed.", "%(count)s registrations confirmed.", confirmed), confirmed)
        waiting = len(report.done) - confirmed
        _tell(
            request,
            ngettext("%(count)s put on the waiting list: all seats are taken.", "%(count)s put on the waiting list: all seats are taken.", waiting),
            waiting,
        )
        tell_refusals(request, report.refusals)
        return self._back(request)

    @admin.action(permissions=["decide"], description=gettext_lazy("Decline ..."))
    def decline(self, request: HttpRequest, queryset: QuerySet[Participant]) -> HttpResponse | None:
        chosen = chosen_of(request, queryset)
        languages, prepared = {participant.language for participant in chosen}, prepared_reasons_for(chosen)
        form = DeclineForm(request.POST if "decided" in request.POST else None, languages=languages, prepared=prepared)
        if not form.is_valid():
            title = ngettext("Decline %(count)s registration", "Decline %(count)s registrations", len(chosen))
            return self._ask(request, chosen, action="decline", title=title % {"count": len(chosen)}, form=form)
        report = each(chosen, partial(decline, reasons=form.reasons(), actor=organizer(request), now=timezone.now()))
        return self._report(request, report, ngettext("%(count)s registration declined.", "%(count)s registrations declined.", len(report.done)))

    @admin.action(permissions=["decide"], description=gettext_lazy("Return for correction ..."))
    def return_for_correction(self, request: HttpRequest, queryset: QuerySet[Participant]) -> HttpResponse | None:
        chosen = chosen_of(request, queryset)
        data, languages = request.POST if "decided" in request.POST else None, {participant.language for participant in chosen}
        form = CorrectionRequestForm(data, languages=languages, questions=asked_of_all(chosen))
        if not form.is_valid():
            title = ngettext("Return %(count)s registration for correction", "Return %(count)s registrations for correction", len(chosen))
            return self._ask(request, chosen, action="return_for_correction", title=title % {"count": len(chosen)}, form=form)
        request_correction = partial(return_for_correction, fields=form.cleaned_data["fields_to_correct"], notes=form.reasons())
        report = each(chosen, partial(request_correction, actor=organizer(request), now=timezone.now()))
        return self._report(
            request,
            report,
            ngettext("%(count)s registration returned for correction.", "%(count)s registrations returned for correction.", len(report.done)),
        )

    @admin.action(permissions=["decide"], description=gettext_lazy("Accept the changes"))
    def accept_changes(self, request: HttpRequest, queryset: QuerySet[Participant]) -> HttpResponse | None:
        report = each(chosen_of(request, queryset), partial(accept_changes, actor=organizer(request), now=timezone.now()))
        return self._report(
            request, report, ngettext("Changes of %(count)s participant accepted.", "Changes of %(count)s participants accepted.", len(report.done))
        )

    @admin.action(permissions=["decide"], description=gettext_lazy("Put first on the waiting list ..."))
    def promote(self, request: HttpRequest, queryset: QuerySet[Participant]) -> HttpResponse | None:
        chosen = chosen_of(request, queryset)
        form = PromotionForm(request.POST if "decided" in request.POST else None)
        if not form.is_valid():
            title = ngettext(
                "Put %(count)s participant first on the waiting list", "Put %(count)s participants first on the waiting list", len(chosen)
            )
            return self._ask(request, chosen, action="promote", title=title % {"count": len(chosen)}, form=form)
        report = each(chosen, partial(promote, reason=form.cleaned_data["reason"], actor=organizer(request), now=timezone.now()))
        return self._report(
            request,
            report,
            ngettext(
                "%(count)s participant put first on the waiting list.", "%(count)s participants put first on the waiting list.", len(report.done)
            ),
        )

    @admin.action(permissions=["change"], description=gettext_lazy("Withdraw ..."))
    def withdraw(self, request: HttpRequest, queryset: QuerySet[Participant]) -> HttpResponse | None:
        chosen = chosen_of(request, queryset)
        if "decided" not in request.POST:
            title = ngettext("Withdraw %(count)s registration", "Withdraw %(count)s registrations", len(chosen))
            return self._ask(request, chosen, action="withdraw", title=title % {"count": len(chosen)})
        report = each(chosen, partial(withdraw, actor=organizer(request), now=timezone.now()))
        return self._report(request, report, ngettext("%(count)s registration withdrawn.", "%(count)s registrations withdrawn.", len(report.done)))

    @admin.action(permissions=["change"], description=gettext_lazy("Send the mails again"))
    def resend(self, request: HttpRequest, queryset: QuerySet[Participant]) -> HttpResponse | None:
        report = each(chosen_of(request, queryset), partial(resend, actor=organizer(request), now=timezone.now()))
        count = len(report.done)
        return self._report(
            request, report, ngettext("Mails sent again to %(count)s participant.", "Mails sent again to %(count)s participants.", count)
        )

    @admin.action(permissions=["write"], description=gettext_lazy("Write to these ..."))
    def write_letter(self, request: HttpRequest, queryset: QuerySet[Participant]) -> HttpResponse | None:
        try:
            letter = begin_letter(chosen_of(request, queryset), actor=organizer(request), now=timezone.now())
        except DomainError as refusal:
            messages.warning(request, str(refusal))
            return self._back(request)
        return redirect("admin:registrations_letter_change", letter.pk)

    def has_write_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("registrations.change_letter"))

    @admin.action(permissions=["change"], description=gettext_lazy("Erase the personal data ..."))
    def forget(self, request: HttpRequest, queryset: QuerySet[Participant]) -> HttpResponse | None:
        chosen = chosen_of(request, queryset)
        if "decided" not in request.POST:
            title = ngettext("Erase the personal data of %(count)s participant", "Erase the personal data of %(count)s participants", len(chosen))
            return self._ask(request, chosen, action="forget", title=title % {"count": len(chosen)})
        report = each(chosen, partial(forget, actor=organizer(request), now=timezone.now()))
        sentence = ngettext("Erasure approved for %(count)s participant.", "Erasure approved for %(count)s participants.", len(report.done))
        return self._report(request, report, sentence)

    @admin.action(permissions=["change"], description=gettext_lazy("Certificates of attendance (PDF)"))
    def certificates(self, request: HttpRequest, queryset: QuerySet[Participant]) -> HttpResponse | None:
        return certificate_download(request, queryset, now=timezone.now())

    @admin.action(permissions=["change"], description=gettext_lazy("Leave out of the list of participants"))
    def leave_out_of_list(self, request: HttpRequest, queryset: QuerySet[Participant]) -> HttpResponse | None:
        report = each(chosen_of(request, queryset), partial(leave_out_of_list, actor=organizer(request), now=timezone.now()))
        sentence = ngettext(
            "%(count)s participant is left out of the list of participants.",
            "%(count)s participants are left out of the list of participants.",
            len(report.done),
        )
        return self._report(request, report, sentence)

    @admin.action(permissions=["change"], description=gettext_lazy("Name in the list of participants again"))
    def name_in_list(self, request: HttpRequest, queryset: QuerySet[Participant]) -> HttpResponse | None:
        report = each(chosen_of(request, queryset), partial(name_in_list, actor=organizer(request), now=timezone.now()))
        sentence = ngettext(
            "%(count)s participant is named in the list of participants.",
            "%(count)s participants are named in the list of participants.",
            len(report.done),
        )
        return self._report(request, report, sentence)

    def _report(self, request: HttpRequest, report: Report[Participant], sentence: str) -> HttpResponse | None:
        _tell(request, sentence, len(report.done))
        tell_refusals(request, report.refusals)
        return self._back(request)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Where nobody was ticked on a delegation's page, that page says so."""
        answer = super().changelist_view(request, {**(extra_context or {}), "may_decide": self.has_decide_permission(request)})
        nobody = request.method == "POST" and "index" in request.POST and ACTION_CHECKBOX_NAME not in request.POST
        return (self._back(request) if nobody else None) or answer

    def _back(self, request: HttpRequest) -> HttpResponse | None:
        """To the page from which the request came, else to the list as it was filtered."""
        page = _page(request)
        return redirect(page) if page else None

    def _ask(self, request: HttpRequest, chosen: list[Participant], *, action: str, title: str, **context: Any) -> HttpResponse:
        context |= {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": title,
            "action": action,
            "chosen": ",".join(str(participant.pk) for participant in chosen),
            "first": chosen[0].pk if chosen else "",
            "participants": chosen[:_LISTED],
            "unlisted": max(len(chosen) - _LISTED, 0),
            "origin": {field: request.POST[field] for field in _PAGES if field in request.POST},
            "page": _page(request),
        }
        return TemplateResponse(request, f"admin/registrations/participant/{action}.html", context)


def _page(request: HttpRequest) -> str:
    """The address of the page from which the request came, or "" for the list."""
    keys = {name: request.POST.get(field, "") for field, name in _PAGES.items()}
    return next((reverse(name, args=[key]) for name, key in keys.items() if key.isdecimal()), "")


def chosen_of(request: HttpRequest, queryset: QuerySet[Participant]) -> list[Participant]:
    """Those who were ticked or shown, even if in the meantime they left the filtered list: what became of them is reported."""
    keys = request.POST.get("chosen", "").split(",") if "decided" in request.POST else request.POST.getlist(ACTION_CHECKBOX_NAME)
    own = of_meetings(Participant.objects.all(), meetings_with(request.user, "view_participant", "change_participant"))
    participants = own.filter(pk__in=[key for key in keys if key.isdecimal()])
    if request.POST.get("select_across") == "1" and "decided" not in request.POST:
        participants = queryset
    named = participants.select_related("meeting", "delegation__entity", "delegation__type")
    return list(named.order_by(by_delegation(request.LANGUAGE_CODE, path="delegation__"), "delegation", "order", "pk"))


def _tell(request: HttpRequest, sentence: str, count: int) -> None:
    if count:
        messages.success(request, sentence % {"count": count})
