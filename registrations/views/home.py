"""The front page of a language."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from registrations.queries.meetings import meetings


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Straight to the one meeting that lies ahead; otherwise the list of all."""
    everything = meetings(now=timezone.now())
    ahead = [entry for entry in everything if not entry.is_over]
    if len(ahead) == 1:
        return redirect("registrations:programme", ahead[0].meeting.slug)
    over = [entry for entry in everything if entry.is_over]
    return render(request, "registrations/home.html", {"ahead": ahead, "over": over})
