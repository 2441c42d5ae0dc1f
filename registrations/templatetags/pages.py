"""Addresses: of the page at hand in the other language and in full, and those that put a session into a web calendar."""

import json

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template import Context
from django.templatetags.static import static
from django.urls import translate_url
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from registrations.calendars.add_links import AddLink
from registrations.calendars.add_links import add_links as calendar_links
from registrations.links import programme_url
from registrations.models import Session

register = template.Library()
_NEVER_A_TAG = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@register.simple_tag(takes_context=True)
def page_in(context: Context, language: str) -> str:
    """The path of this page (its `address` in the context, if it was reached by another) in the language, or of the front page."""
    path = _path(context)
    translated = translate_url(path, language)
    return translated if translated != path or path.startswith(f"/{language}/") else f"/{language}/"


@register.simple_tag(takes_context=True)
def full_address(context: Context, language: str) -> str:
    """The same with the site's scheme and host in front."""
    return str(settings.SITE_URL) + page_in(context, language)


@register.simple_tag
def full_static(path: str) -> str:
    """The static file's address with the site's scheme and host in front."""
    return str(settings.SITE_URL) + static(path)


@register.filter
def linked_data(value: object) -> SafeString:
    """The value as a block of JSON-LD in which no text can end the block."""
    text = json.dumps(value, ensure_ascii=False).translate(_NEVER_A_TAG)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')


@register.simple_tag
def add_links(session: Session) -> list[AddLink]:
    """The links that put the session into a web calendar, each entry leading to the programme page in the reader's language."""
    language = get_language() or settings.LANGUAGE_CODE
    return calendar_links(session, language=language, url=programme_url(session.meeting, language=language))


def _path(context: Context) -> str:
    request: HttpRequest | None = context.get("request")
    return str(context.get("address") or (request.path if request else "/"))
