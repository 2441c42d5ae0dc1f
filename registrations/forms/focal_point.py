"""Who looks after a delegation's registration."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from registrations.details import FocalPoint
from registrations.forms.fields import NameField, PlainSelect


class FocalPointForm(forms.Form):
    name = NameField(
        label=_("Name"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Enter the name of the new focal point.")},
    )
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        help_text=_("The new link goes to this address."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": _("Enter the e-mail address of the new focal point."),
            "invalid": _("Enter an e-mail address in the form name@example.org."),
        },
    )
    language = forms.ChoiceField(label=_("Language of correspondence"), choices=settings.LANGUAGES, widget=PlainSelect)

    def details(self) -> FocalPoint:
        """The focal point of a valid form."""
        return FocalPoint(**self.cleaned_data)
