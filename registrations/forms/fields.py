"""Fields that take what people really type, and nothing that could break a mail header."""

import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

_LINE_BREAKERS = {"Cc", "Zl", "Zp"}
_REFUSED_BY_DJANGO = "\0"
_DIRECTION_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def one_line(value: str) -> None:
    """Raise ValidationError for characters that end a line, control a device or turn the direction of writing."""
    if any(unicodedata.category(c) in _LINE_BREAKERS or c in _DIRECTION_OVERRIDES for c in value if c != _REFUSED_BY_DJANGO):
        raise ValidationError(_("This contains a line break or an invisible control character. Type it again without."), code="control_character")


def no_link(value: str) -> None:
    """Raise ValidationError for a web address: a name is printed in mails to others."""
    if "://" in value or "www." in value.lower():
        raise ValidationError(_("Enter the name or title only, without a web address."), code="link")


def has_a_letter(value: str) -> None:
    """Raise ValidationError unless there is something to read out."""
    if not any(c.isalpha() for c in value):
        raise ValidationError(_("Enter at least one letter."), code="no_letter")


def no_formula(value: str) -> None:
    """Raise ValidationError for what a spreadsheet would run: exports are opened in one."""
    if value.startswith(("=", "@")):
        raise ValidationError(_("This begins with “%(sign)s”, as a formula does. Type the text itself."), code="formula", params={"sign": value[0]})


def undamaged(value: str) -> None:
    """Raise ValidationError for the mark that stands where a character was lost."""
    if "\ufffd" in value:
        raise ValidationError(_("A character was damaged on the way (�). Type this again."), code="damaged")


def has_a_digit(value: str) -> None:
    """Raise ValidationError unless there is something to dial."""
    if not any(c.isdigit() for c in value):
        raise ValidationError(_("Enter the telephone number in digits, for example +41 22 700 00 00."), code="no_digit")


class LineField(forms.CharField):
    """One line of text, kept as typed but for the spaces around it; unlike Django's own it never drops a character silently."""

    default_validators = [one_line, no_link, no_formula, undamaged]

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(strip=False, **kwargs)

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).strip(" \u00a0\u3000")


class NameField(LineField):
    default_validators = [*LineField.default_validators, has_a_letter]


class PlainSelect(forms.Select):
    """A select that joins its options: with 200 of them Django's template for each option costs twenty times as much."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        context = self.get_context(name, value, attrs)["widget"]
        attributes = format_html_join(
            "", ' {}="{}"', ((k, k if v is True else v) for k, v in context["attrs"].items() if v is not False and v is not None)
        )
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            ((code, mark_safe(" selected") if str(code) in context["value"] else "", label) for code, label in self.choices),
        )
        return format_html('<select name="{}"{}>{}</select>', name, attributes, options)

    def optgroups(self, name: str, value: Any, attrs: Any = None) -> list[Any]:
        return []


class SessionsField(forms.TypedMultipleChoiceField):
    """Numbers of sessions. Whether the meeting has them is for the operation to say: the choices are only what is offered."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=int, widget=forms.CheckboxSelectMultiple, **kwargs)

    def valid_value(self, value: str) -> bool:
        return value.isascii() and value.isdigit() and len(value) < 6
