"""Asking for lost links."""

from django import forms
from django.utils.translation import gettext_lazy as _


class LostLinkForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        help_text=_("The address that was given at sign-up."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Enter the e-mail address that was given at sign-up."),
            "invalid": _("Enter an e-mail address in the form name@example.org."),
        },
    )
