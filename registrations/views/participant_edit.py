"""A participant corrects what is on record about them."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from registrations.details import PARTICIPANT
from registrations.enums import Status
from registrations.errors import DomainError
from registrations.forms.honorifics import honorifics
from registrations.forms.participant import ParticipantForm
from registrations.links import participant_token
from registrations.models import Participant
from registrations.operations.amend import amend
from registrations.operations.resubmit import resubmit
from registrations.queries.meetings import window_of
from registrations.queries.offer import Offer
from registrations.queries.participants import person_on_record
from registrations.rules.changes import AMENDABLE, everything_is_open, too_late
from registrations.views.personal_link import by_personal_link


@require_http_methods(["GET", "HEAD", "POST"])
@by_personal_link
def edit(request: HttpRequest, person: Participant) -> HttpResponse:
    """The form with what is on record; for a returned registration with the secretariat's note, and sending it in again."""
    if person.status not in AMENDABLE:
        return redirect("registrations:participant", participant_token(person))
    form = _form(request, person, now=timezone.now())
    if request.method == "POST" and form.is_valid():
        operation = resubmit if person.status == Status.RETURNED else amend
        try:
            operation(person, details=form.details(), actor=PARTICIPANT, now=timezone.now())
        except DomainError as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            return redirect("registrations:participant", participant_token(person))
    return _show(request, person, form)


def _form(request: HttpRequest, person: Participant, *, now: datetime) -> ParticipantForm:
    language = get_language() or "en"
    offer = Offer(person.delegation.type, language)
    on_record = person_on_record(person)
    initial = {**asdict(on_record), "sessions": sorted(on_record.sessions)}
    form = ParticipantForm(request.POST or None, initial=initial, session_choices=lambda: offer.session_choices, page_language=language)
    window = window_of(person.meeting, offer.sessions, now=now)
    is_open = everything_is_open(Status(person.status), registration_is_open=window.is_open)
    for name in too_late(form.fields, registration_is_open=is_open):
        form.fields[name].disabled = True
    return form


def _show(request: HttpRequest, person: Participant, form: ParticipantForm) -> HttpResponse:
    language = get_language() or "en"
    wrong = [form[name] for name in person.correction.get("fields", []) if name in form.fields]
    context: dict[str, Any] = {"meeting": person.meeting, "person": person, "token": participant_token(person), "form": form}
    context |= {"wrong": wrong, "is_closed": any(field.disabled for field in form.fields.values()), "honorifics": honorifics(language)}
    return render(request, "registrations/participant_edit.html", context)
