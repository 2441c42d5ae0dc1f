"""A delegation's page, reached by the link in its focal point's mail."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from registrations.links import delegation_token
from registrations.models import Delegation
from registrations.queries.delegations import people_in_order
from registrations.queries.meetings import window_of
from registrations.views.personal_link import by_delegation_link


@require_http_methods(["GET", "HEAD", "POST"])
@by_delegation_link
def delegation(request: HttpRequest, group: Delegation) -> HttpResponse:
    """Everybody in order with what became of them, and what can be done."""
    return _page(request, group)


def _page(request: HttpRequest, group: Delegation, **context: Any) -> HttpResponse:
    meeting = group.type.meeting
    context |= {
        "meeting": meeting,
        "delegation": group,
        "token": delegation_token(group),
        "people": list(people_in_order(group)),
        "window": window_of(meeting, list(meeting.sessions.all()), now=timezone.now()),
    }
    return render(request, "registrations/delegation.html", context)
