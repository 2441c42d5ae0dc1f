"""Addresses of the page at hand: in the other language, and in full."""

from urllib.parse import urlsplit

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template import Context
from django.urls import translate_url

register = template.Library()


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


@register.filter
def subscription(path: str) -> str:
    """The address under which a calendar program subscribes to the file at this path."""
    return f"webcal://{urlsplit(settings.SITE_URL).netloc}{path}"


def _path(context: Context) -> str:
    request: HttpRequest | None = context.get("request")
    return str(context.get("address") or (request.path if request else "/"))
