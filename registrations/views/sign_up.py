"""Sign-up: one page to fill in, one answer."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from registrations.details import PUBLIC
from registrations.errors import DomainError
from registrations.forms.draft import changed_by, delegation_as_typed, participants_as_typed, person_prefixes, with_count
from registrations.forms.honorifics import honorifics
from registrations.forms.participant import choices_of
from registrations.forms.questions import Files
from registrations.forms.sign_up import BaseParticipants, ParticipantFormSet, SignUpForm, sign_up_details
from registrations.links import read_submission_token, submission_token
from registrations.models import Submission
from registrations.operations.register import register
from registrations.queries.meetings import window_of
from registrations.queries.offer import Offer
from registrations.queries.questions import type_invited
from registrations.queries.seating import seats_on_offer
from registrations.queries.submissions import accepted_from
from registrations.views.answer_files import with_files
from registrations.views.network_address import address_key
from registrations.views.personal_link import discreet
from registrations.views.published import published_or_404


@require_safe
def choose_type(request: HttpRequest, slug: str) -> HttpResponse:
    """The delegation types to choose from."""
    found = published_or_404(slug)
    offers = seats_on_offer(found.meeting, types=found.meeting.delegation_types.all()) if found.window.is_open else []
    context = {"meeting": found.meeting, "offers": offers, "window": found.window}
    return render(request, "registrations/choose_type.html", context)


# Exempt from the CSRF check: there is no account or session to ride on, and a form without a cookie is never lost.
@csrf_exempt
@cache_control(private=True, no_cache=True)
@require_http_methods(["GET", "HEAD", "POST"])
def sign_up(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """The form of one delegation type; a POST is answered at once, since its seal makes a repeated one harmless."""
    delegation_type = type_invited(slug, code)
    if delegation_type is None:
        raise Http404
    page = _Page(request, Offer(delegation_type, get_language() or settings.LANGUAGE_CODE), timezone.now())
    if request.method != "POST":
        return page.blank()
    data = page.take_files(with_count(request.POST))
    if data.get("action", "register") != "register":
        return page.draft(data)
    return page.submitted(data)


@require_safe
@discreet
def registered(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """The answer to a sign-up form once more, for a reload or another language."""
    submission = get_object_or_404(
        Submission.objects.select_related("delegation__type__meeting", "delegation__entity"), form_id=read_submission_token(token)
    )
    return _answer(request, submission)


@dataclass
class _Page:
    request: HttpRequest
    offer: Offer
    now: datetime
    files: Files = field(default_factory=Files)

    def take_files(self, data: QueryDict) -> QueryDict:
        """The data with the files that came along, which stay with the form from now on."""
        form, prefixes = str(data.get("seal", "")), person_prefixes(data)
        data, self.files = with_files(self.request, data, questions=self.offer.questions, form=form, now=self.now, prefixes=prefixes)
        return data

    def blank(self) -> HttpResponse:
        window = window_of(self.offer.delegation_type.meeting, self.offer.sessions, now=self.now)
        if not window.is_open:
            return render(self.request, "registrations/choose_type.html", {"meeting": self.offer.delegation_type.meeting, "window": window})
        return self._show(self._form(), self._participants())

    def draft(self, data: QueryDict) -> HttpResponse:
        action = str(data["action"])
        people = changed_by(action, participants_as_typed(data))
        form = self._form(initial=delegation_as_typed(data))
        return self._show(form, self._participants(initial=people), focus=len(people) - 1 if action == "add" else None)

    def submitted(self, data: QueryDict) -> HttpResponse:
        form, participants = self._form(data), self._participants(data)
        if not (form.is_valid() & participants.is_valid()) or form.came_too_fast():
            return self._show(form, participants)
        key = address_key(self.request)
        if accepted_from(key, since=self.now - timedelta(hours=1)) >= settings.SIGN_UPS_PER_ADDRESS_AND_HOUR:
            form.add_error(
                None, gettext("Very many forms have come from your network within an hour. Nothing you typed is lost: send the form again later.")
            )
            return self._show(form, participants, status=429)
        try:
            details = sign_up_details(form, participants, language=self.offer.language, address_key=key)
            submission = register(self.offer.delegation_type, details=details, actor=PUBLIC, now=self.now)
        except DomainError as refusal:
            _show_refusal(refusal, form=form, participants=participants)
            return self._show(form, participants)
        return _answer(self.request, submission)

    def _form(self, data: QueryDict | None = None, **options: Any) -> SignUpForm:
        return SignUpForm(data, delegation_type=self.offer.delegation_type, entity_choices=lambda: self.offer.entities, now=self.now, **options)

    def _participants(self, data: QueryDict | None = None, **options: Any) -> BaseParticipants:
        choices = choices_of(self.offer, files=self.files)
        return ParticipantFormSet(data, prefix="participants", form_kwargs=choices, **options)

    def _show(self, form: SignUpForm, participants: BaseParticipants, *, focus: int | None = None, status: int = 200) -> HttpResponse:
        context = {
            "meeting": self.offer.delegation_type.meeting,
            "delegation_type": self.offer.delegation_type,
            "offer": self.offer,
            "form": form,
            "participants": participants,
            "honorifics": honorifics(self.offer.language),
            "focus": focus,
        }
        return render(self.request, "registrations/sign_up.html", context, status=status)


def _show_refusal(refusal: DomainError, *, form: SignUpForm, participants: BaseParticipants) -> None:
    if "person" in refusal.facts:
        participants.filled[refusal.facts["person"]].add_error(refusal.field, str(refusal))
    else:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))


def _answer(request: HttpRequest, submission: Submission) -> HttpResponse:
    meeting = submission.delegation.type.meeting
    context = {
        "meeting": meeting,
        "submission": submission,
        "statuses": {line["status"] for line in submission.lines},
        "limits": sorted({line["full"] for line in submission.lines if "full" in line}),
        "address": reverse("registrations:registered", args=[meeting.slug, submission_token(submission)]),
    }
    return render(request, "registrations/registered.html", context)
