"""A delegation's page, reached by the link in its focal point's mail."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from registrations.details import FOCAL_POINT
from registrations.errors import DomainError
from registrations.forms.precedence import PrecedenceForm
from registrations.links import delegation_token
from registrations.models import Delegation
from registrations.operations.arrange import arrange
from registrations.operations.rejoin import rejoin
from registrations.operations.withdraw_delegation import withdraw_delegation
from registrations.queries.delegations import group_of, members
from registrations.queries.meetings import window_of
from registrations.queries.notes import is_note_missing, notes_of
from registrations.queries.seating import tightest_for
from registrations.rules.precedence import moved, placed
from registrations.views.personal_link import by_delegation_link


@require_http_methods(["GET", "HEAD", "POST"])
@by_delegation_link
def delegation(request: HttpRequest, group: Delegation) -> HttpResponse:
    """Everybody in order with what became of them; POST moves somebody in the order or takes them back in."""
    name, _, key = request.POST.get("action", "").partition("-")
    action = _ACTIONS.get(name) if request.method == "POST" and key.isascii() and key.isdigit() else None
    if action is None:
        return _page(request, group)
    try:
        action(group, int(key), now=timezone.now())
    except DomainError as refusal:
        return _page(request, group, refusal=refusal)
    return redirect(f"{request.path}#person-{key}")


@require_http_methods(["GET", "HEAD", "POST"])
@by_delegation_link
def order(request: HttpRequest, group: Delegation) -> HttpResponse:
    """The order of precedence with a number to type for each person."""
    people = group_of(group).present
    form = PrecedenceForm(request.POST or None, people=people)
    if request.method != "POST" or not form.is_valid():
        return _render(request, group, "delegation_order", form=form)
    arrange(group, order=placed([person.pk for person in people], form.places()), actor=FOCAL_POINT, now=timezone.now())
    return redirect(_saved(group))


@require_http_methods(["GET", "HEAD", "POST"])
@by_delegation_link
def withdraw_all(request: HttpRequest, group: Delegation) -> HttpResponse:
    """Asks before the whole delegation is withdrawn."""
    if request.method != "POST":
        return _render(request, group, "delegation_withdraw", people=group_of(group).present)
    try:
        withdraw_delegation(group, actor=FOCAL_POINT, now=timezone.now())
    except DomainError as refusal:
        return _page(request, group, refusal=refusal)
    return redirect(_saved(group))


def _saved(group: Delegation) -> str:
    return reverse("registrations:delegation", args=[delegation_token(group)]) + "?saved#people"


def _up(group: Delegation, pk: int, *, now: datetime) -> None:
    _move(group, pk, by=-1, now=now)


def _down(group: Delegation, pk: int, *, now: datetime) -> None:
    _move(group, pk, by=1, now=now)


def _move(group: Delegation, pk: int, *, by: int, now: datetime) -> None:
    present = [person.pk for person in group_of(group).present]
    arrange(group, order=moved(present, pk, by=by), actor=FOCAL_POINT, now=now)


def _rejoin(group: Delegation, pk: int, *, now: datetime) -> None:
    person = members(group).filter(pk=pk).first()
    if person:
        rejoin(person, actor=FOCAL_POINT, now=now)


_ACTIONS: dict[str, Callable[..., None]] = {"up": _up, "down": _down, "rejoin": _rejoin}


def _page(request: HttpRequest, group: Delegation, **context: Any) -> HttpResponse:
    meeting = group.type.meeting
    people, notes = group_of(group), notes_of(group)
    window = window_of(meeting, list(meeting.sessions.all()), now=timezone.now())
    return _render(
        request,
        group,
        "delegation",
        people=people,
        window=window,
        notes=notes,
        is_note_missing=is_note_missing(group, notes),
        room=tightest_for(group),
        **context,
    )


def _render(request: HttpRequest, group: Delegation, template: str, **context: Any) -> HttpResponse:
    token = delegation_token(group)
    context |= {"meeting": group.type.meeting, "delegation": group, "token": token, "back": reverse("registrations:delegation", args=[token])}
    return render(request, f"registrations/{template}.html", context)
