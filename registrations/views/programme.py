"""The pages of one meeting that everybody may read."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from registrations.calendars.programme import programme_calendar
from registrations.calendars.subscribe_links import subscribe_links
from registrations.exports.event_data import event_data
from registrations.links import programme_feed_url
from registrations.queries.meetings import MeetingNow
from registrations.queries.programme import programme
from registrations.queries.programme_history import has_changed
from registrations.rules.bilingual import wording_of
from registrations.views.published import FEED, conditional, kept, published_or_404, reader_language


@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """The programme, from one rendering for each language and version of the meeting."""
    found = published_or_404(slug)
    rendered = kept("page", found, static("dialogo/dialogo.css"), render=lambda: _render(request, found).encode())
    return conditional(request, HttpResponse(rendered, headers={"Cache-Control": "no-cache"}))


@require_safe
def calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """The programme as a calendar file: download and subscription feed, the same bytes as long as the meeting does not change."""
    found = published_or_404(slug)
    file = kept("calendar", found, render=lambda: programme_calendar(found.meeting, language=reader_language(), is_over=found.is_over))
    headers = {"Content-Disposition": f'inline; filename="{slug}.ics"', "Cache-Control": FEED}
    response = HttpResponse(file, content_type="text/calendar; charset=utf-8", headers=headers)
    return conditional(request, response, last_modified=found.meeting.changed_at.timestamp())


@require_safe
def data_notice(request: HttpRequest, slug: str) -> HttpResponse:
    """What happens to the data that a sign-up brings in."""
    return render(request, "registrations/data_notice.html", {"meeting": published_or_404(slug).meeting})


def _render(request: HttpRequest, found: MeetingNow) -> str:
    meeting, language = found.meeting, reader_language()
    shown = programme(meeting, language=language)
    feed = programme_feed_url(meeting, language=language)
    context = {
        "meeting": meeting,
        "window": found.window,
        "programme": shown,
        "event": event_data(shown),
        "has_changed": has_changed(meeting),
        "subscribe_links": subscribe_links(feed, name=wording_of(meeting, "title", language=language).text),
    }
    return render_to_string("registrations/programme.html", context, request)
