"""The code of a second factor, and the secret key that is set up with it."""

import secrets

from django import forms
from django.core.signing import BadSignature, TimestampSigner
from django.utils.translation import gettext_lazy as _

_signer = TimestampSigner(salt="registrations.forms.second_factor")
LIFETIME = 60 * 60


class CodeForm(forms.Form):
    """A code of the app or a recovery code; which of the two is seen by its form."""

    use_required_attribute = False
    code = forms.CharField(
        label=_("Code from your authenticator app, or a recovery code"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True, "autocapitalize": "off", "spellcheck": "false"}),
        error_messages={"required": _("Enter the code.")},
    )


class EnrolmentForm(CodeForm):
    """The first code of an app that has just been given the key."""

    code = forms.CharField(
        label=_("The six digits that the app shows"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
        error_messages={"required": _("Enter the six digits that the app shows.")},
    )


def new_key() -> str:
    """160 random bits (RFC 4226 4, R6), hexadecimal."""
    return secrets.token_hex(20)


def sealed(key: str, *, user_pk: int) -> str:
    """The key as the enrolment form carries it: nothing is stored before the app has shown that it holds it."""
    return _signer.sign(f"{user_pk}.{key}")


def unsealed(seal: str, *, user_pk: int) -> str | None:
    """The key of a form that was handed to this user within the hour, or None."""
    try:
        owner, _dot, key = _signer.unsign(seal, max_age=LIFETIME).partition(".")
    except BadSignature:
        return None
    return key if owner == str(user_pk) else None
