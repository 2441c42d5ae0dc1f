"""Who comes by a personal link."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext

from registrations.errors import TooManyAttempts
from registrations.links import PersonalLink, read_calendar_token, read_delegation_token, read_participant_token
from registrations.models import Meeting
from registrations.operations.attempt import attempt
from registrations.queries.delegations import delegation_with_meeting, last_ends_at
from registrations.queries.participants import participant_with_meeting
from registrations.rules.personal_links import has_expired
from registrations.rules.rate_limits import Door
from registrations.views.network_address import address_key

View = Callable[..., HttpResponseBase]


def by_personal_link(view: View) -> View:
    """Call `view(request, person, ...)` with the participant of the token: 404 for a link that we did not sign, 410 for a revoked one
    and where the data were erased."""
    return _by_participants_link(view, read=read_participant_token)


def by_calendar_link(view: View) -> View:
    """The same with the token of a calendar file, which opens nothing else."""
    return _by_participants_link(view, read=read_calendar_token)


def by_delegation_link(view: View) -> View:
    """The same with the delegation of the token; a link whose time is over is answered by 410 too. Changes are limited by the hour."""

    @discreet
    @wraps(view)
    def answer(request: HttpRequest, token: str, **rest: Any) -> HttpResponseBase:
        link = read_delegation_token(token)
        delegation = delegation_with_meeting(link.pk) if link else None
        if link is None or delegation is None:
            return _not_ours(request)
        if link.version != delegation.link_version:
            return _revoked(request, delegation.type.meeting)
        if has_expired(last_ends_at=last_ends_at(delegation), now=timezone.now()):
            return _gone(request, delegation.type.meeting, expired=True)
        if request.method == "POST" and (refusal := _one_too_many(Door.DELEGATION, key=str(delegation.pk))):
            return _later(request, refusal)
        return view(request, delegation, **rest)

    return answer


def discreet(view: View) -> View:
    """Neither kept by a browser or proxy, unless the view says for how long, nor found by a search engine; no other page is told the address.

    "no-referrer" would make browsers send "Origin: null" with a form, which Django's CSRF check refuses.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        response["X-Robots-Tag"] = "noindex"
        response["Referrer-Policy"] = "strict-origin"
        return response

    return answer


def _by_participants_link(view: View, *, read: Callable[[str], PersonalLink | None]) -> View:
    @discreet
    @wraps(view)
    def answer(request: HttpRequest, token: str, **rest: Any) -> HttpResponseBase:
        link = read(token)
        person = participant_with_meeting(link.pk) if link else None
        if link is None or person is None:
            return _not_ours(request)
        if person.erased_at:
            return _erased(request)
        if link.version != person.link_version:
            return _revoked(request, person.meeting)
        return view(request, person, **rest)

    return answer


def _not_ours(request: HttpRequest) -> HttpResponse:
    refusal = _one_too_many(Door.BAD_LINK, key=address_key(request))
    if refusal:
        return _later(request, refusal)
    raise Http404


def _one_too_many(door: Door, *, key: str) -> str:
    """The sentence of the refusal, or "" where there were not too many attempts."""
    try:
        attempt(door, key=key, now=timezone.now())
    except TooManyAttempts as refusal:
        return str(refusal)
    return ""


def _later(request: HttpRequest, sentence: str) -> HttpResponse:
    context = {"heading": gettext("Please wait a little"), "sentence": sentence}
    return render(request, "registrations/sentence.html", context, status=429)


def _erased(request: HttpRequest) -> HttpResponse:
    context = {
        "heading": gettext("The personal data have been erased"),
        "sentence": gettext("The secretariat keeps nothing any more that names the person of this registration."),
    }
    return render(request, "registrations/sentence.html", context, status=410)


def _revoked(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    return _gone(request, meeting, expired=False)


def _gone(request: HttpRequest, meeting: Meeting, *, expired: bool) -> HttpResponse:
    return render(request, "registrations/link_revoked.html", {"meeting": meeting, "expired": expired}, status=410)
