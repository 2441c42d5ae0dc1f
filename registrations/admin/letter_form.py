"""The form of a letter: both languages side by side, and the moment at which it leaves."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from registrations.details import Document, LetterTexts
from registrations.errors import DocumentTooLarge
from registrations.models import Letter
from registrations.rules.documents import EXTENSIONS, MOST_BYTES

_TEXTS = ("subject_en", "subject_es", "text_en", "text_es", "due_at")
_LONGEST_SUBJECT, _LONGEST_TEXT = 150, 20_000


class BilingualTextForm(forms.Form):
    """Subject and text in both languages; whether they are complete is for the operation to say."""

    use_required_attribute = False
    subject_en = forms.CharField(label=_("Subject, in English"), max_length=_LONGEST_SUBJECT, required=False)
    subject_es = forms.CharField(label=_("Subject, in Spanish"), max_length=_LONGEST_SUBJECT, required=False)
    text_en = forms.CharField(label=_("Text, in English"), max_length=_LONGEST_TEXT, required=False, widget=forms.Textarea(attrs={"rows": 16}))
    text_es = forms.CharField(label=_("Text, in Spanish"), max_length=_LONGEST_TEXT, required=False, widget=forms.Textarea(attrs={"rows": 16}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in BilingualTextForm.base_fields:
            self.fields[name].widget.attrs["lang"] = name[-2:]

    def pairs(self) -> list[list[Any]]:
        """The fields of both languages beside each other."""
        return [[self[f"{name}_{code}"] for code in ("en", "es")] for name in ("subject", "text")]


class LetterForm(BilingualTextForm):
    """Everything may be left empty until the letter is sent. Hours are those of the meeting, which the view makes the current zone."""

    due_at = forms.DateTimeField(
        label=_("To be sent on"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local", "aria-describedby": "id_due_at_helptext"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"invalid": _("Enter a date and an hour, or leave both empty to send the letter at once.")},
    )

    document = forms.FileField(
        label=_("Attach a file"),
        required=False,
        help_text=_("PDF, Word (.docx), JPEG or PNG; all attachments together 10 MB at most."),
        widget=forms.FileInput(attrs={"accept": ",".join([*EXTENSIONS.values(), ".jpeg"])}),
        error_messages={"empty": _("The file is empty. Choose another one.")},
    )

    def __init__(self, data: Any = None, files: Any = None, *, letter: Letter, was_cut: bool = False) -> None:
        super().__init__(data, files, initial={name: getattr(letter, name) for name in _TEXTS})
        self.was_cut = was_cut

    def clean_document(self) -> Any:
        upload = self.cleaned_data["document"]
        if self.was_cut or (upload and upload.size > MOST_BYTES):
            raise forms.ValidationError(DocumentTooLarge.message)
        return upload

    def texts(self) -> LetterTexts:
        """What a valid form says."""
        return LetterTexts(**{name: self.cleaned_data[name] for name in _TEXTS})

    def attachment(self) -> Document | None:
        """The file that a valid form brings."""
        upload = self.cleaned_data["document"]
        return Document(file_name=upload.name, content=upload.read()) if upload else None
