"""The form with which an organizer corrects a participant: the public form's fields, filled with what is on record."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from registrations.enums import QuestionKind
from registrations.forms.participant import ParticipantForm, choices_of
from registrations.forms.questions import Files
from registrations.models import Participant
from registrations.queries.offer import Offer
from registrations.rules.questions import FIELD, document_of

CORRECTABLE = (
    "honorific", "given_names", "family_names", "role", "position", "institution", "email", "phone", "language", "sessions", "accessibility_needs",
)  # fmt: skip


class CorrectionForm(ParticipantForm, forms.ModelForm):
    """`refusal` is what the operation said to the same input, where it was refused; `files` are those that came with it."""

    refusal: Exception | None = None
    files = Files()

    class Meta:
        model = Participant
        fields = CORRECTABLE

    def __init__(self, *args: Any, instance: Participant, **kwargs: Any) -> None:
        offer = Offer(instance.delegation.type, get_language() or "en")
        numbers = [session.number for session in instance.sessions.all()]
        answers = {f"{FIELD}{code}": answer for code, answer in instance.answers.items()}
        initial = {"sessions": numbers} | answers | kwargs.pop("initial", {})
        super().__init__(*args, instance=instance, initial=initial, **choices_of(offer, files=self.files), **kwargs)
        self.keep_sessions(offer.cancelled.keys() & set(numbers))
        self.require_no_answers()
        self._link_files(instance)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if self.refusal:
            field = getattr(self.refusal, "field", None)
            self.add_error(field if field in self.fields else None, str(self.refusal))
        return data

    def _link_files(self, participant: Participant) -> None:
        for name, question in self.questions.items():
            answer = participant.answers.get(question.code, "")
            if answer and question.kind == QuestionKind.FILE:
                widget = self.fields[name].widget
                widget.addresses, widget.words_to_remove = {answer: file_address(participant, document_of(answer)[0])}, _("Take the file out")


def file_address(participant: Participant, number: Any) -> str:
    """Where the desk hands out one of the files with which the participant answers."""
    return reverse("admin:registrations_participant_answer", args=[participant.pk, number])
