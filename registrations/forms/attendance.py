"""At which session people were, and the meeting platform's file that says so."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from registrations.models import Session
from registrations.rules.bilingual import wording_of
from registrations.rules.references import reference_in


class _SessionField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Session) -> str:
        language = get_language() or "en"
        meeting, title = wording_of(obj.meeting, "title", language=language).text, wording_of(obj, "title", language=language).text
        return f"{meeting}: {obj.number}. {title}"


class SessionForm(forms.Form):
    use_required_attribute = False
    session = _SessionField(queryset=Session.objects.none(), empty_label=None)

    def __init__(self, *args: Any, sessions: QuerySet[Session], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["session"].queryset, self.fields["session"].label = sessions, _("Session")
        self.fields["session"].error_messages["required"] = _("Choose a session that has begun.")


class AttendanceForm(SessionForm):
    file = forms.FileField(allow_empty_file=True, widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.txt"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].label = _("List of attendees, as the meeting platform hands it out (CSV or XLSX)")
        self.fields["file"].error_messages["required"] = _("Choose the file with the list.")


class CheckInForm(SessionForm):
    """The reference of somebody at the door, typed or scanned, and the session."""

    reference = forms.CharField(
        max_length=300, widget=forms.TextInput(attrs={"autofocus": True, "autocomplete": "off", "autocapitalize": "characters"})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reference"].label = _("Reference, typed or scanned from the badge")
        self.fields["reference"].error_messages["required"] = _("Type or scan a reference.")

    def clean_reference(self) -> str:
        reference = reference_in(self.cleaned_data["reference"])
        if not reference:
            raise forms.ValidationError(_("This is no reference. It looks like K7QD-2M9X."))
        return reference
