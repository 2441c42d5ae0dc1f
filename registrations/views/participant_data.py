"""What is held about a participant: to read, to take away, to keep out of the list of participants, and to have erased."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from registrations.details import PARTICIPANT
from registrations.errors import DomainError
from registrations.exports.document_download import document_download
from registrations.links import participant_token
from registrations.models import Participant
from registrations.operations.list_naming import leave_out_of_list, name_in_list
from registrations.operations.request_erasure import request_erasure, take_back_erasure
from registrations.queries.erasure import erasure_state, is_withdrawn_by_erasure
from registrations.queries.held_data import held_data
from registrations.queries.questions import document_with_content
from registrations.rules.erasure import may_be_asked
from registrations.views.personal_link import by_personal_link

_OPERATIONS = {"ask": request_erasure, "take back": take_back_erasure}
_NAMINGS = {"leave out": leave_out_of_list, "name": name_in_list}


@require_safe
@by_personal_link
def data(request: HttpRequest, person: Participant) -> HttpResponse:
    """Everything that is held about the participant, in words."""
    return render(request, "registrations/participant_data.html", _context(person, now=timezone.now()))


@require_safe
@by_personal_link
def download(request: HttpRequest, person: Participant) -> HttpResponse:
    """The same as a JSON file: English keys, moments in UTC."""
    now = timezone.now()
    held = held_data(person, language=get_language() or "en", now=now)
    response = JsonResponse(held, json_dumps_params={"indent": 2, "ensure_ascii": False})
    response["Content-Disposition"] = f'attachment; filename="{person.reference}.json"'
    return response


@require_safe
@by_personal_link
def answer(request: HttpRequest, person: Participant, pk: UUID) -> HttpResponseBase:
    """The file with which the participant answered a question; 404 for any that is not theirs."""
    found = document_with_content(person, pk)
    if found is None:
        raise Http404
    return document_download(request, found)


@require_http_methods(["GET", "HEAD", "POST"])
@by_personal_link
def erasure(request: HttpRequest, person: Participant) -> HttpResponse:
    """What erasing means, before it is asked for; POST asks for it or takes the request back."""
    operation = _OPERATIONS.get(request.POST.get("action", "")) if request.method == "POST" else None
    if operation is None:
        return _ask(request, person)
    try:
        operation(person, actor=PARTICIPANT, now=timezone.now())
    except DomainError as refusal:
        return _ask(request, person, refusal=refusal)
    return redirect("registrations:participant_data", participant_token(person))


@require_POST
@by_personal_link
def naming(request: HttpRequest, person: Participant) -> HttpResponse:
    """Keeps the participant out of the lists of participants to come, or names them again."""
    operation = _NAMINGS.get(request.POST.get("action", ""))
    try:
        if operation:
            operation(person, actor=PARTICIPANT, now=timezone.now())
    except DomainError as refusal:
        return render(request, "registrations/participant_data.html", _context(person, now=timezone.now()) | {"refusal": refusal})
    return redirect("registrations:participant_data", participant_token(person))


def _ask(request: HttpRequest, person: Participant, **context: Any) -> HttpResponse:
    context |= _page_of(person) | {"is_withdrawn": is_withdrawn_by_erasure(person, now=timezone.now())}
    return render(request, "registrations/participant_erasure.html", context)


def _context(person: Participant, *, now: datetime) -> dict[str, Any]:
    return _page_of(person) | {"held": held_data(person, language=get_language() or "en", now=now)}


def _page_of(person: Participant) -> dict[str, Any]:
    state = erasure_state(person)
    return {
        "meeting": person.meeting,
        "person": person,
        "token": participant_token(person),
        "erasure": state,
        "may_ask": may_be_asked(state),
    }
