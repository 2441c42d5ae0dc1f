"""The pages of one meeting that everybody may read."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from registrations.calendars.programme import programme_calendar
from registrations.queries.meetings import MeetingNow
from registrations.queries.programme import programme
from registrations.queries.programme_history import has_changed
from registrations.views.published import FEED, conditional, kept, page_language, published_or_404


@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """The programme, from one rendering for each language and version of the meeting."""
    found = published_or_404(slug)
    body = kept("page", found, static("dialogo/dialogo.css"), make=lambda: _render(request, found).encode())
    return conditional(request, body)


@require_safe
def calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """The programme as a calendar file: download and subscription feed, the same bytes as long as the meeting does not change."""
    found = published_or_404(slug)
    body = kept("calendar", found, make=lambda: programme_calendar(found.meeting, language=page_language()))
    return conditional(
        request,
        body,
        modified=found.meeting.changed_at,
        content_type="text/calendar; charset=utf-8",
        cache_control=FEED,
        headers={"Content-Disposition": f'inline; filename="{slug}.ics"'},
    )


@require_safe
def data_notice(request: HttpRequest, slug: str) -> HttpResponse:
    """What happens to the data that a sign-up brings in."""
    return render(request, "registrations/data_notice.html", {"meeting": published_or_404(slug).meeting})


def _render(request: HttpRequest, found: MeetingNow) -> str:
    context = {
        "meeting": found.meeting,
        "window": found.window,
        "programme": programme(found.meeting, language=page_language()),
        "has_changed": has_changed(found.meeting),
    }
    return render_to_string("registrations/programme.html", context, request)
