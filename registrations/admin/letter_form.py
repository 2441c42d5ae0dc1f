"""The form of a letter: both languages side by side, and the moment at which it leaves."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from registrations.details import LetterTexts
from registrations.models import Letter

_LONGEST_SUBJECT, _LONGEST_TEXT = 150, 20_000


class LetterForm(forms.Form):
    """Everything may be left empty until the letter is sent. Hours are those of the meeting, which the view makes the current zone."""

    use_required_attribute = False
    subject_en = forms.CharField(label=_("Subject, in English"), max_length=_LONGEST_SUBJECT, required=False)
    subject_es = forms.CharField(label=_("Subject, in Spanish"), max_length=_LONGEST_SUBJECT, required=False)
    text_en = forms.CharField(label=_("Text, in English"), max_length=_LONGEST_TEXT, required=False, widget=forms.Textarea(attrs={"rows": 16}))
    text_es = forms.CharField(label=_("Text, in Spanish"), max_length=_LONGEST_TEXT, required=False, widget=forms.Textarea(attrs={"rows": 16}))
    due_at = forms.DateTimeField(
        label=_("To be sent on"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"invalid": _("Enter a date and an hour, or leave both empty to send the letter at once.")},
    )

    def __init__(self, data: Any = None, *, letter: Letter) -> None:
        super().__init__(data, initial={name: getattr(letter, name) for name in self.base_fields})
        for code in ("en", "es"):
            for name in (f"subject_{code}", f"text_{code}"):
                self.fields[name].widget.attrs["lang"] = code

    def pairs(self) -> list[list[Any]]:
        """The fields of both languages beside each other."""
        return [[self[f"{name}_{code}"] for code in ("en", "es")] for name in ("subject", "text")]

    def texts(self) -> LetterTexts:
        """What a valid form says."""
        return LetterTexts(**{name: self.cleaned_data[name] for name in LetterForm.base_fields})
