"""Who comes by a personal link."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from registrations.links import read_participant_token
from registrations.queries.participants import participant_with_meeting


def by_personal_link(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Call `view(request, person, ...)` with the participant of the token: 404 for a link that we did not sign, 410 for a revoked one."""

    @wraps(view)
    def answer(request: HttpRequest, token: str, **rest: Any) -> HttpResponse:
        link = read_participant_token(token)
        person = participant_with_meeting(link.participant_id) if link else None
        if link is None or person is None:
            raise Http404
        if link.version != person.link_version:
            return render(request, "registrations/link_revoked.html", status=410)
        return view(request, person, **rest)

    return answer
