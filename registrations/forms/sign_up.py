"""The sign-up form: a delegation, its focal point and 1 to 50 participants."""

import uuid
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from registrations.details import FocalPoint, Person, SignUp
from registrations.enums import Represents
from registrations.forms.fields import LineField, NameField, PlainSelect
from registrations.forms.form_seal import Seal, new_seal, read_seal
from registrations.forms.participant import ParticipantForm
from registrations.models import DelegationType

MOST_PARTICIPANTS = 50


class SignUpForm(forms.Form):
    """The delegation's part. The names of the fields stay as they are: scripts outside fill them in."""

    entity = forms.CharField(
        label=_("State"), max_length=80, widget=PlainSelect, error_messages={"required": _("Choose the State that the delegation represents.")}
    )
    organization = NameField(
        label=_("Organization"),
        max_length=200,
        help_text=_("Choose one of the suggestions or type the full name."),
        widget=forms.TextInput(attrs={"list": "organizations", "autocomplete": "organization"}),
        error_messages={"required": _("Enter the name of the organization.")},
    )
    focal_point_name = LineField(label=_("Focal point's name"), max_length=200, required=False)
    focal_point_email = forms.EmailField(
        label=_("Focal point's e-mail"),
        max_length=254,
        required=False,
        error_messages={"invalid": _("Enter an e-mail address in the form name@example.org.")},
    )
    consent = forms.BooleanField(
        label=_("The persons named above have been informed of the data protection notice and agree to it."),
        error_messages={"required": _("Confirm that everybody has been informed of the data protection notice.")},
    )
    seal = forms.CharField(widget=forms.HiddenInput, required=False)
    website = forms.CharField(
        label=_("Leave this field empty"), required=False, widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"})
    )

    def __init__(
        self, *args: Any, delegation_type: DelegationType, entity_choices: Callable[[], Sequence[tuple[str, str]]], now: datetime, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        if delegation_type.represents == Represents.STATE:
            del self.fields["organization"]
            self.fields["entity"].widget.choices = lambda: [("", _("Choose from the list")), *entity_choices()]
        else:
            del self.fields["entity"]
        self.fields["seal"].initial = new_seal(now=now)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("focal_point_email") and not data.get("focal_point_name") and "focal_point_name" not in self.errors:
            self.add_error("focal_point_name", _("Enter the name of the focal point as well, or leave both fields empty."))
        if data.get("focal_point_name") and not data.get("focal_point_email") and "focal_point_email" not in self.errors:
            self.add_error("focal_point_email", _("Enter the e-mail address of the focal point as well, or leave both fields empty."))
        return data

    def came_too_fast(self) -> bool:
        """Whether nobody can have filled in this valid form in the time; then it says so and can be sent again."""
        too_fast = self.cleaned_data["seal"].is_too_fresh(now=self.now)
        if too_fast:
            self.add_error(
                None, _("The form came back within a second, as automatic programs do. Nothing you typed is lost: check it and send it again.")
            )
        return too_fast

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("This field must be empty: it is there to recognize automatic programs. Empty it and send the form again."))
        return ""

    def clean_seal(self) -> Seal:
        seal = read_seal(self.cleaned_data["seal"])
        if seal is None or seal.is_expired(now=self.now):
            self.data = self.data.copy()
            self.data["seal"] = new_seal(now=self.now)
            raise forms.ValidationError(
                _("The form had been open for too long or was incomplete. Nothing you typed is lost: check it and send it again.")
            )
        return seal


class BaseParticipants(BaseFormSet):
    """The participants' part of the form."""

    default_error_messages = {
        "missing_management_form": _("The form arrived incomplete. Nothing you typed is lost: check it and send it again."),
        "too_many_forms": _("One form takes %(num)d participants at most. Send these first and the others with a second form."),
    }

    @property
    def filled(self) -> list[ParticipantForm]:
        """The forms in which something was typed; the first one counts in any case."""
        return [form for index, form in enumerate(self.forms) if index == 0 or form.has_changed()]


ParticipantFormSet: type[BaseParticipants] = formset_factory(
    ParticipantForm,
    formset=BaseParticipants,
    extra=0,
    min_num=1,
    max_num=MOST_PARTICIPANTS,
    absolute_max=2 * MOST_PARTICIPANTS,
    validate_max=True,
)


def sign_up_details(form: SignUpForm, participants: BaseParticipants, *, language: str, address_key: str) -> SignUp:
    """What two valid forms say. The focal point is the first participant unless another is named.

    The same content under the same seal gives the same `form_id`; a form that was changed and sent again gives another one.
    """
    people = tuple(participant.details() for participant in participants.filled)
    content = {
        "entity_code": form.cleaned_data.get("entity", ""),
        "organization": form.cleaned_data.get("organization", ""),
        "focal_point": _focal_point(form, people[0], language=language),
        "people": people,
    }
    return SignUp(form_id=uuid.uuid5(form.cleaned_data["seal"].id, repr(content)), address_key=address_key, **content)


def _focal_point(form: SignUpForm, first: Person, *, language: str) -> FocalPoint:
    if form.cleaned_data["focal_point_email"]:
        return FocalPoint(name=form.cleaned_data["focal_point_name"], email=form.cleaned_data["focal_point_email"], language=language)
    return FocalPoint(name=first.full_name, email=first.email, language=first.language)
