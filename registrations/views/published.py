"""What everybody may read of one meeting: rendered once for each of its versions, and sent only to those who do not have it yet."""

import hashlib
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import get_language

from registrations.queries.meetings import MeetingNow, meeting_at

FEED = "public, max-age=300"
KEPT_FOR = timedelta(days=1)


def published_or_404(slug: str) -> MeetingNow:
    """The published meeting at this address; raises Http404."""
    found = meeting_at(slug, now=timezone.now())
    if found is None:
        raise Http404
    return found


def kept(kind: str, found: MeetingNow, *parts: object, make: Callable[[], bytes]) -> bytes:
    """What `make` gives, made once for each language and version of the meeting; `parts` are what else it depends on."""
    meeting = found.meeting
    everything = (meeting.pk, meeting.slug, meeting.version, meeting.changed_at, page_language(), found.window, settings.SITE_URL, *parts)
    key = f"{kind}-{hashlib.sha256(repr(everything).encode()).hexdigest()}"
    body: bytes | None = cache.get(key)
    if body is None:
        body = make()
        cache.set(key, body, KEPT_FOR.total_seconds())
    return body


def conditional(
    request: HttpRequest,
    body: bytes,
    *,
    modified: datetime | None = None,
    content_type: str = "text/html; charset=utf-8",
    cache_control: str = "no-cache",
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    """The bytes with a strong ETag and, where `modified` says it, Last-Modified; 304 for a reader who has them already (RFC 9110 13)."""
    response = HttpResponse(body, content_type=content_type, headers={"Cache-Control": cache_control, **(headers or {})})
    response["ETag"] = etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    moment = int(modified.timestamp()) if modified else None
    if moment is not None:
        response["Last-Modified"] = http_date(moment)
    return get_conditional_response(request, etag, moment, response) or response


def page_language() -> str:
    """The language of the address."""
    return get_language() or settings.LANGUAGE_CODE
