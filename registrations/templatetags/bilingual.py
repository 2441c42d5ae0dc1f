"""Texts that are kept in English and Spanish, in the page's language; one that is missing there comes in the other, marked with its `lang`."""

from django import template
from django.template.defaultfilters import linebreaksbr
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from registrations.rules.bilingual import Wording, paragraphs, points, wording_of

register = template.Library()


@register.simple_tag
def bilingual(record: object, field: str) -> SafeString:
    """`{% bilingual item "title" %}`: the text, in a <span lang> if it is in the other language."""
    text = _wording(record, field)
    return format_html("<span{}>{}</span>", _lang(text), text.text) if _lang(text) else format_html("{}", text.text)


@register.simple_tag
def bilingual_text(record: object, field: str) -> str:
    """The text alone, for attributes and for <title>."""
    return _wording(record, field).text


@register.simple_tag
def bilingual_paragraphs(record: object, field: str) -> SafeString:
    """A long text as <p> elements; a blank line begins a new one."""
    text = _wording(record, field)
    return format_html_join("\n", "<p{}>{}</p>", ((_lang(text), paragraph) for paragraph in paragraphs(text.text)))


@register.simple_tag
def bilingual_items(record: object, field: str) -> SafeString:
    """A text of one point a line as <li> elements."""
    text = _wording(record, field)
    return format_html_join("\n", "<li{}>{}</li>", ((_lang(text), point) for point in points(text.text)))


@register.simple_tag
def worded(text: Wording) -> SafeString:
    """`{% worded change.heading %}`: a wording in hand, with its line breaks, in a <span lang> if it is in the other language."""
    lines = linebreaksbr(text.text)
    return format_html("<span{}>{}</span>", _lang(text), lines) if _lang(text) else lines


@register.filter
def has(record: object, field: str) -> bool:
    """`{% if meeting|has:"subtitle" %}`: whether there is a text in either language."""
    return bool(_wording(record, field).text)


def _wording(record: object, field: str) -> Wording:
    return wording_of(record, field, language=_page_language())


def _lang(text: Wording) -> SafeString:
    return SafeString("") if text.language == _page_language() else format_html(' lang="{}"', text.language)


def _page_language() -> str:
    return (get_language() or "en")[:2]
