"""What changed in a published programme: a page for readers and an Atom feed (RFC 4287) for their programs."""

import re
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from registrations.calendars.sender import sender_name
from registrations.links import changes_url, programme_url
from registrations.models import Meeting
from registrations.queries.programme_history import programme_history, rfc_3339
from registrations.views.published import FEED, conditional, kept, published_or_404, reader_language

_NOT_IN_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """Every published version, the newest first."""
    found = published_or_404(slug)
    body = kept("changes", found, static("dialogo/dialogo.css"), render=lambda: _page(request, found.meeting).encode())
    return conditional(request, HttpResponse(body, headers={"Cache-Control": "no-cache"}))


@require_safe
def feed(request: HttpRequest, slug: str) -> HttpResponse:
    """The same as an Atom feed in the language of the address."""
    found = published_or_404(slug)
    body = kept("changes-feed", found, render=lambda: _feed(found.meeting).encode())
    response = HttpResponse(body, content_type="application/atom+xml; charset=utf-8", headers={"Cache-Control": FEED})
    return conditional(request, response, last_modified=found.meeting.changed_at.timestamp())


def _page(request: HttpRequest, meeting: Meeting) -> str:
    context = {"meeting": meeting, "versions": programme_history(meeting, language=reader_language())}
    return render_to_string("registrations/changes.html", context, request)


def _feed(meeting: Meeting) -> str:
    language = reader_language()
    versions = programme_history(meeting, language=language)
    context: dict[str, Any] = {
        "meeting": meeting,
        "language": language,
        "author": sender_name(meeting, language=language),
        "id": _id(meeting, language=language),
        "updated": rfc_3339(versions[0].published_at if versions else meeting.changed_at),
        "entries": [(_id(meeting, language=language, number=version.number), version) for version in versions],
        "pages": [(code, changes_url(meeting, language=code)) for code, _name in settings.LANGUAGES],
        "address": changes_url(meeting, language=language),
        "self": changes_url(meeting, language=language, page="changes_feed"),
        "programme": programme_url(meeting, language=language),
    }
    return _NOT_IN_XML.sub("", render_to_string("registrations/changes.atom.txt", context))


def _id(meeting: Meeting, *, language: str, number: int | str = "") -> str:
    """An address-free name that stays when the meeting's address changes (RFC 4287 4.2.6)."""
    return uuid5(NAMESPACE_URL, f"{settings.SITE_URL}/{language}/meeting/{meeting.pk}/programme/{number}").urn
