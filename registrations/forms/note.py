"""The form that takes a note verbale."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from registrations.details import Document
from registrations.errors import DocumentEmpty, DocumentTooLarge
from registrations.rules.documents import EXTENSIONS, MOST_BYTES


class NoteForm(forms.Form):
    """`was_cut` says that a file was not kept because it went on beyond the limit."""

    document = forms.FileField(
        label=_("Note verbale"),
        help_text=_("PDF, Word (.docx), JPEG or PNG; 10 MB at most."),
        widget=forms.FileInput(attrs={"accept": ",".join([*EXTENSIONS.values(), ".jpeg"])}),
        error_messages={"required": _("Choose the file with the note verbale."), "empty": DocumentEmpty.message},
    )

    def __init__(self, *args: Any, was_cut: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if was_cut:
            self.fields["document"].error_messages["required"] = DocumentTooLarge.message

    def clean_document(self) -> Any:
        upload = self.cleaned_data["document"]
        if upload.size > MOST_BYTES:
            raise forms.ValidationError(DocumentTooLarge.message)
        return upload

    def details(self) -> Document:
        """The document of a valid form."""
        upload = self.cleaned_data["document"]
        return Document(file_name=upload.name, content=upload.read())
