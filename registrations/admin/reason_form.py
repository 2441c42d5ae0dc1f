"""Why a registration is declined, in every language that is needed."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _

from registrations.forms.participant import ParticipantForm


class ReasonForm(forms.Form):
    """One text for each language of correspondence of those whom it goes to; each is required."""

    use_required_attribute = False

    def __init__(self, data: Any = None, *, languages: Collection[str]) -> None:
        super().__init__(data)
        labels = {"en": _("Reason, in English"), "es": _("Reason, in Spanish")}
        for code, _name in settings.LANGUAGES:
            if code in languages:
                self.fields[f"reason_{code}"] = _reason(code, label=labels[code])

    def reasons(self) -> dict[str, str]:
        """The texts of a valid form by language."""
        return {name.removeprefix("reason_"): text for name, text in self.cleaned_data.items()}


class CorrectionRequestForm(ReasonForm):
    """What has to be corrected, and a sentence in each language that is needed."""

    fields_to_correct = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple)

    def __init__(self, data: Any = None, *, languages: Collection[str]) -> None:
        super().__init__(data, languages=languages)
        field = self.fields["fields_to_correct"]
        field.label, field.choices = _("Data to be corrected"), [(name, each.label) for name, each in ParticipantForm.base_fields.items()]
        field.error_messages["required"] = _("Tick the data that have to be corrected.")

    def reasons(self) -> dict[str, str]:
        return {name.removeprefix("reason_"): text for name, text in self.cleaned_data.items() if name.startswith("reason_")}


def _reason(code: str, *, label: str) -> forms.CharField:
    required = {"en": _("Write the reason in English."), "es": _("Write the reason in Spanish.")}
    return forms.CharField(
        label=label,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4, "lang": code, "class": "vLargeTextField"}),
        error_messages={"required": required[code]},
    )


class PromotionForm(forms.Form):
    """Why somebody gets a seat out of turn."""

    use_required_attribute = False
    reason = forms.CharField(max_length=1000, widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}))

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["reason"].label = _("Reason, for the history")
        self.fields["reason"].error_messages["required"] = _("Write the reason: it stays in the history.")
