"""What a focal point does about one person of the delegation."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from registrations.details import FOCAL_POINT
from registrations.errors import DomainError
from registrations.forms.honorifics import honorifics
from registrations.forms.newcomer import newcomer_form
from registrations.links import delegation_token
from registrations.models import Delegation, Participant
from registrations.operations.substitute import substitute as substitute_participant
from registrations.operations.withdraw import withdraw as withdraw_participant
from registrations.queries.delegations import members
from registrations.queries.offer import Offer
from registrations.views.answer_files import with_files
from registrations.views.person_form import PersonPage
from registrations.views.personal_link import by_delegation_link

View = Callable[[HttpRequest, Participant, str], HttpResponse]


def _of_the_delegation(view: View) -> Callable[..., HttpResponseBase]:
    """Call `view(request, person, back)` with somebody of the delegation of the token; 404 for anybody else."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @by_delegation_link
    @wraps(view)
    def answer(request: HttpRequest, group: Delegation, pk: int) -> HttpResponse:
        person = members(group).filter(pk=pk).first()
        if person is None:
            raise Http404
        return view(request, person, reverse("registrations:delegation", args=[delegation_token(group)]))

    return answer


@_of_the_delegation
def edit(request: HttpRequest, person: Participant, back: str) -> HttpResponse:
    """The form with what is on record about the person."""
    return PersonPage(request, person, FOCAL_POINT, back, str(person.delegation), f"#person-{person.pk}").answer()


@_of_the_delegation
def withdraw(request: HttpRequest, person: Participant, back: str) -> HttpResponse:
    """Asks before the person is withdrawn."""
    if request.method != "POST":
        return _render(request, person, back, "delegation_withdraw", people=[person], is_one=True)
    try:
        withdraw_participant(person, actor=FOCAL_POINT, now=timezone.now())
    except DomainError as refusal:
        return _render(request, person, back, "delegation_withdraw", people=[person], is_one=True, refusal=refusal)
    return redirect(f"{back}?saved#people")


@_of_the_delegation
def substitute(request: HttpRequest, person: Participant, back: str) -> HttpResponse:
    """The form for the person who takes the place; the function and the sessions are those of the one who leaves."""
    offer = Offer(person.delegation.type, get_language() or "en")
    data, files = with_files(request, request.POST, questions=offer.questions, form=f"in the place of {person.pk}", now=timezone.now())
    form = newcomer_form(data if request.method == "POST" else None, offer=offer, leaving=person, files=files)
    if request.method == "POST" and form.is_valid():
        try:
            newcomer = substitute_participant(person, details=form.details(), actor=FOCAL_POINT, now=timezone.now())
        except DomainError as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            return redirect(f"{back}?saved#person-{newcomer.pk}")
    return _render(request, person, back, "delegation_substitute", form=form, honorifics=honorifics(get_language() or "en"))


def _render(request: HttpRequest, person: Participant, back: str, template: str, **context: Any) -> HttpResponse:
    context |= {
        "meeting": person.meeting,
        "delegation": person.delegation,
        "person": person,
        "token": delegation_token(person.delegation),
        "back": back,
    }
    return render(request, f"registrations/{template}.html", context)
