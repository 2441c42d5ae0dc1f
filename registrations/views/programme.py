"""The pages of one meeting that everybody may read."""

import hashlib
from datetime import timedelta

from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from registrations.calendars.programme import programme_calendar
from registrations.queries.meetings import MeetingNow, meeting_at
from registrations.queries.programme import programme

KEPT_FOR = timedelta(days=1)


@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """The programme, from one rendering for each language and version of the meeting."""
    found = _meeting_or_404(slug)
    key = _cache_key("page", found, static("dialogo/dialogo.css"), settings.SITE_URL)
    rendered = cache.get(key)
    if rendered is None:
        rendered = _render(request, found).encode()
        cache.set(key, rendered, KEPT_FOR.total_seconds())
    return _conditional(request, HttpResponse(rendered, headers={"Cache-Control": "no-cache"}))


@require_safe
def calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """The programme as a calendar file: download and subscription feed, the same bytes as long as the meeting does not change."""
    found = _meeting_or_404(slug)
    key = _cache_key("calendar", found, settings.SITE_URL)
    file = cache.get(key)
    if file is None:
        file = programme_calendar(found.meeting, language=_language())
        cache.set(key, file, KEPT_FOR.total_seconds())
    headers = {
        "Content-Disposition": f'inline; filename="{slug}.ics"',
        "Cache-Control": "public, max-age=300",
        "Last-Modified": http_date(found.meeting.changed_at.timestamp()),
    }
    response = HttpResponse(file, content_type="text/calendar; charset=utf-8", headers=headers)
    return _conditional(request, response, last_modified=int(found.meeting.changed_at.timestamp()))


@require_safe
def data_notice(request: HttpRequest, slug: str) -> HttpResponse:
    """What happens to the data that a sign-up brings in."""
    return render(request, "registrations/data_notice.html", {"meeting": _meeting_or_404(slug).meeting})


def _meeting_or_404(slug: str) -> MeetingNow:
    found = meeting_at(slug, now=timezone.now())
    if found is None:
        raise Http404
    return found


def _render(request: HttpRequest, found: MeetingNow) -> str:
    context = {"meeting": found.meeting, "window": found.window, "programme": programme(found.meeting, language=_language())}
    return render_to_string("registrations/programme.html", context, request)


def _cache_key(kind: str, found: MeetingNow, *parts: object) -> str:
    meeting = found.meeting
    everything = (meeting.pk, meeting.slug, meeting.version, meeting.changed_at, _language(), found.window, *parts)
    return f"{kind}-{hashlib.sha256(repr(everything).encode()).hexdigest()}"


def _conditional(request: HttpRequest, response: HttpResponse, *, last_modified: int | None = None) -> HttpResponse:
    """The response with a strong ETag over its bytes, or 304 where the reader has them already."""
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response["ETag"] = etag
    return get_conditional_response(request, etag, last_modified, response) or response


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE
