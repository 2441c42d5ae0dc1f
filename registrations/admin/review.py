"""The review queue: one screen for each participant who waits for a decision, oldest first, and on to the next."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from registrations.admin.actors import organizer
from registrations.admin.reason_form import CorrectionRequestForm, DeclineForm
from registrations.admin.review_screen import screen_of
from registrations.enums import Action, Status
from registrations.errors import DomainError
from registrations.models import Meeting, Participant
from registrations.operations.accept_changes import accept_changes
from registrations.operations.confirm import confirm
from registrations.operations.decide import decide
from registrations.operations.decline import decline
from registrations.operations.return_for_correction import return_for_correction
from registrations.queries.desk_rights import meetings_with, of_meetings
from registrations.queries.erasure import erasure_state
from registrations.queries.prepared_reasons import prepared_reasons_for
from registrations.queries.questions import asked_of_all
from registrations.queries.review_queue import first_in_line, queue_of
from registrations.rules.desk_roles import DECIDING
from registrations.rules.erasure import Erasure
from registrations.rules.transitions import next_status

_FORMS = {"decline", "return"}


class _ReturnForm(CorrectionRequestForm):
    """Beside the other form on the same page."""

    prefix = "return"


class ReviewPages(admin.ModelAdmin):
    """Two addresses, for those who may decide on registrations: where the queue begins, and the screen of one participant."""

    def get_urls(self) -> list[URLPattern]:
        own = [
            path("review/", self.admin_site.admin_view(self.queue_view), name="registrations_participant_queue"),
            path("<int:pk>/review/", self.admin_site.admin_view(self.review_view), name="registrations_participant_review"),
        ]
        return [*own, *super().get_urls()]

    def queue_view(self, request: HttpRequest) -> HttpResponse:
        """Leads to whoever has waited longest, at the meeting where one is named; says so where nobody waits."""
        if not self.has_decide_permission(request):
            raise PermissionDenied
        own, chosen = meetings_with(request.user, *DECIDING), request.GET.get("meeting", "")
        meeting = of_meetings(Meeting.objects.all(), own).filter(pk=chosen).first() if chosen.isdecimal() else None
        person = first_in_line(meeting.pk if meeting else None, within=own)
        if person:
            return redirect("admin:registrations_participant_review", person.pk)
        context = {**self.admin_site.each_context(request), "opts": self.opts, "title": _("Nothing waits for a decision"), "meeting": meeting}
        return TemplateResponse(request, "admin/registrations/participant/review_empty.html", context)

    def review_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        person: Participant | None = self.get_object(request, str(pk))
        if person is None or person.erased_at:
            raise Http404
        if not self.has_decide_permission(request) or erasure_state(person) == Erasure.APPROVED:
            raise PermissionDenied
        chosen = request.POST.get("decision", "")
        forms = _forms(request, person, chosen)
        if chosen in forms and not forms[chosen].is_valid():
            return self._screen(request, person, forms, opened=chosen)
        decision = _decisions(request, forms).get(chosen)
        if decision is None:
            return self._screen(request, person, forms)
        following = _following(person)
        try:
            decided = decide(person, seen=_seen(request), decision=decision)
        except DomainError as refusal:
            messages.error(request, str(refusal))
            return self._screen(request, self.get_object(request, str(pk)), forms, opened=chosen, since=_seen(request))
        messages.success(request, _told(decided, chosen))
        return redirect(following)

    def _screen(
        self, request: HttpRequest, person: Participant, forms: dict[str, Form], *, opened: str = "", since: int | None = None
    ) -> HttpResponse:
        queue = queue_of(person.meeting_id)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": person,
            "title": person.styled_name,
            "offered": _offered(person),
            "forms": forms,
            "opened": opened,
            "media": sum((form.media for form in forms.values()), start=self.media),
            **_place(queue, person),
            **screen_of(person, since=since),
        }
        return TemplateResponse(request, "admin/registrations/participant/review.html", context)


def _offered(person: Participant) -> set[str]:
    """What can be decided about the person as they stand."""
    actions = {"confirm": Action.CONFIRM, "return": Action.RETURN, "decline": Action.DECLINE}
    offered = {name for name, action in actions.items() if next_status(Status(person.status), action)}
    return offered | ({"accept"} if person.to_review and person.status == Status.CONFIRMED else set())


def _forms(request: HttpRequest, person: Participant, chosen: str) -> dict[str, Form]:
    """The two forms by the decision that they belong to; the chosen one is filled in."""
    data = {name: request.POST if name == chosen else None for name in _FORMS}
    return {
        "decline": DeclineForm(data["decline"], languages={person.language}, prepared=prepared_reasons_for([person])),
        "return": _ReturnForm(data["return"], languages={person.language}, questions=asked_of_all([person])),
    }


def _decisions(request: HttpRequest, forms: dict[str, Any]) -> dict[str, Callable[[Participant], Participant]]:
    """The operation that carries each decision out, with what was typed."""
    who: dict[str, Any] = {"actor": organizer(request), "now": timezone.now()}
    decisions: dict[str, Callable[[Participant], Participant]] = {"confirm": partial(confirm, **who), "accept": partial(accept_changes, **who)}
    if forms["decline"].is_bound:
        decisions["decline"] = partial(decline, reasons=forms["decline"].reasons(), **who)
    if forms["return"].is_bound:
        fields, notes = forms["return"].cleaned_data["fields_to_correct"], forms["return"].reasons()
        decisions["return"] = partial(return_for_correction, fields=fields, notes=notes, **who)
    return decisions


def _seen(request: HttpRequest) -> int:
    """The last entry of the history that was shown; -1, which is none, where the form does not say it."""
    seen = request.POST.get("seen", "")
    return int(seen) if seen.isdecimal() else -1


def _following(person: Participant) -> str:
    """The address of whoever comes next: the one behind in the queue, or the first of those in front, or the end of the queue."""
    place = _place(queue_of(person.meeting_id), person)
    pk = place["after"] or place["first"]
    if pk and pk != person.pk:
        return reverse("admin:registrations_participant_review", args=[pk])
    return f"{reverse('admin:registrations_participant_queue')}?meeting={person.meeting_id}"


def _place(queue: list[Any], person: Participant) -> dict[str, Any]:
    """Where in the queue the person stands, from 1; 0 where they do not wait, which puts everybody behind them."""
    keys = [pk for pk, _since in queue]
    place = keys.index(person.pk) + 1 if person.pk in keys else 0
    before = keys[place - 2] if place > 1 else None
    after = keys[place] if place < len(keys) else None
    since = queue[place - 1][1] if place else None
    return {"place": place, "total": len(keys), "before": before, "after": after, "first": keys[0] if keys else None, "waits_since": since}


def _told(decided: Participant, decision: str) -> str:
    if decision == "accept":
        return _("%(name)s: the changes were accepted.") % {"name": decided.styled_name}
    return _("%(name)s: %(status)s.") % {"name": decided.styled_name, "status": Status(decided.status).label}
