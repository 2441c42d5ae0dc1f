"""A meeting's own questions as fields of a person's form."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from registrations.details import Person
from registrations.enums import QuestionKind
from registrations.errors import AnswerMissing, AnswerNotOffered, DocumentGone
from registrations.forms.fields import PlainSelect, no_formula, one_line, undamaged
from registrations.models import Question
from registrations.rules.documents import EXTENSIONS
from registrations.rules.questions import FIELD, LONGEST_TEXT, NO, YES, document_answer, document_of

REMOVE = "-remove"
"""What the name of the box ends with by which a file is taken out."""
_CHOOSE: tuple[str, Any] = ("", _("Choose an answer"))
_YES_OR_NO: list[tuple[str, Any]] = [_CHOOSE, (YES, pgettext_lazy("answer", "Yes")), (NO, pgettext_lazy("answer", "No"))]


@dataclass(frozen=True)
class Files:
    """Of the files that came with a form, or that were kept from it before: names by number, and sentences about those refused by input."""

    names: Mapping[UUID, str] = field(default_factory=dict)
    refused: Mapping[str, str] = field(default_factory=dict)


def question_field(question: Question, *, files: Files, refusal: str = "") -> forms.Field:
    """The field in which the question is answered; `refusal` is what was wrong with the file that came for it."""
    kind = QuestionKind(question.kind)
    about: dict[str, Any] = {"field": f"{FIELD}{question.code}", "question": str(question)}
    troubles = {"required": AnswerMissing(**about), "invalid_choice": AnswerNotOffered(**about), "gone": DocumentGone(**about)}
    options: dict[str, Any] = {
        "label": str(question),
        "help_text": str(question.help),
        "required": question.is_required,
        "error_messages": {code: str(trouble) for code, trouble in troubles.items()},
    }
    if kind == QuestionKind.TEXT:
        return TextAnswer(widget=forms.Textarea(attrs={"rows": 2}), max_length=LONGEST_TEXT, **options)
    if kind == QuestionKind.FILE:
        return FileAnswer(files=files, refusal=refusal, **options)
    choices = _YES_OR_NO if kind == QuestionKind.YES_NO else [_CHOOSE, *((option.code, str(option)) for option in question.options.all())]
    return forms.ChoiceField(widget=PlainSelect, choices=choices, **options)


def typed_in(person: Person) -> dict[str, str]:
    """The person's answers as values of these fields."""
    return {f"{FIELD}{code}": answer for code, answer in person.answers.items()}


class TextAnswer(forms.CharField):
    """A few lines, as typed but for invisible characters, which are refused."""

    default_validators = [no_formula, undamaged]

    def clean(self, value: Any) -> str:
        text = "\n".join(str(super().clean(value)).splitlines())
        for line in text.split("\n"):
            one_line(line)
        return text


class FileInput(forms.Widget):
    """Takes a file, and says which one is kept already; that one's number goes along in a hidden input of the same name."""

    needs_multipart_form = True
    may_be_removed = True

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        attributes = {"accept": ",".join([*EXTENSIONS.values(), ".jpeg"])} | self.build_attrs(self.attrs, attrs)
        chooser = format_html('<input type="file" name="{}"{}>', name, forms.utils.flatatt(attributes))
        pk, file_name = document_of(str(value or ""))
        if pk is None:
            return chooser
        hidden = format_html('<input type="hidden" name="{}" value="{}">', name, value)
        kept = format_html('{}<p class="kept-file mb-1">{} <strong>{}</strong></p>', hidden, gettext("Received:"), file_name)
        return format_html("{}{}{}", kept, chooser, self._removal(name, attributes) if self.may_be_removed else "")

    def _removal(self, name: str, attributes: Mapping[str, Any]) -> SafeString:
        box = f"{attributes.get('id', name)}{REMOVE}"
        tick = format_html('<input type="checkbox" class="form-check-input" name="{}" id="{}">', f"{name}{REMOVE}", box)
        label = format_html('<label class="form-check-label" for="{}">{}</label>', box, gettext("Send no file"))
        return format_html('<div class="form-check">{}{}</div>', tick, label)


class FileAnswer(forms.Field):
    """The number and name of a file that is kept; any other is refused."""

    widget = FileInput

    def __init__(self, *, files: Files, refusal: str, **options: Any) -> None:
        super().__init__(**options)
        self.files, self.refusal = files, refusal
        self.widget.may_be_removed = not self.required
        if not self.help_text:
            self.help_text = _("PDF, Word (.docx), JPEG or PNG; 10 MB at most.")

    def clean(self, value: Any) -> str:
        if self.refusal:
            raise ValidationError(_("“%(question)s”: %(problem)s"), code="refused", params={"question": self.label, "problem": self.refusal})
        answer = str(super().clean(value) or "")
        if not answer or self.disabled:
            return answer
        pk = document_of(answer)[0]
        if pk not in self.files.names:
            raise ValidationError(self.error_messages["gone"], code="gone")
        return document_answer(pk, self.files.names[pk])
