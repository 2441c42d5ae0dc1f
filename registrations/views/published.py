"""What everybody may read of a published meeting: rendered once for each version, sent again only where it changed."""

import hashlib
from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import get_language

from registrations.queries.meetings import MeetingNow, meeting_at

FEED = "public, max-age=300"
"""Cache-Control of what programs read again and again."""
_KEPT_FOR = timedelta(days=1)


def published_or_404(slug: str) -> MeetingNow:
    """The published meeting at this address and where it stands now, in one statement. Raises Http404."""
    found = meeting_at(slug, now=timezone.now())
    if found is None:
        raise Http404
    return found


def kept(kind: str, found: MeetingNow, *parts: object, render: Callable[[], bytes]) -> bytes:
    """What `render` returns, from the cache where it was rendered before for this language, version and state of the meeting and these parts."""
    meeting = found.meeting
    everything = (meeting.pk, meeting.slug, meeting.version, meeting.changed_at, reader_language(), found.window, settings.SITE_URL, *parts)
    key = f"{kind}-{hashlib.sha256(repr(everything).encode()).hexdigest()}"
    rendered: bytes | None = cache.get(key)
    if rendered is None:
        rendered = render()
        cache.set(key, rendered, _KEPT_FOR.total_seconds())
    return rendered


def conditional(request: HttpRequest, response: HttpResponse, *, last_modified: float | None = None) -> HttpResponse:
    """The response with a strong ETag over its bytes, or 304 where the reader has them already (RFC 9110 13).

    `last_modified` is in seconds since 1970.
    """
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response["ETag"] = etag
    if last_modified is not None:
        response["Last-Modified"] = http_date(last_modified)
    return get_conditional_response(request, etag, None if last_modified is None else int(last_modified), response) or response


def reader_language() -> str:
    return get_language() or settings.LANGUAGE_CODE
