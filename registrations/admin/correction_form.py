"""The form with which an organizer corrects a participant: the public form's fields, filled with what is on record."""

from typing import Any

from django import forms
from django.utils.translation import get_language

from registrations.forms.participant import ParticipantForm
from registrations.models import Participant
from registrations.queries.offer import Offer

CORRECTABLE = (
    "honorific", "given_names", "family_names", "role", "position", "institution", "email", "phone", "language", "sessions", "accessibility_needs",
)  # fmt: skip


class CorrectionForm(ParticipantForm, forms.ModelForm):
    """`refusal` is what the operation said to the same input, where it was refused."""

    refusal: Exception | None = None

    class Meta:
        model = Participant
        fields = CORRECTABLE

    def __init__(self, *args: Any, instance: Participant, **kwargs: Any) -> None:
        language = get_language() or "en"
        offer = Offer(instance.delegation.type, language)
        numbers = [session.number for session in instance.sessions.all()]
        initial = {"sessions": numbers} | kwargs.pop("initial", {})
        super().__init__(*args, instance=instance, initial=initial, session_choices=lambda: offer.session_choices, page_language=language, **kwargs)
        self.keep_sessions(offer.cancelled.keys() & set(numbers))

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if self.refusal:
            field = getattr(self.refusal, "field", None)
            self.add_error(field if field in self.fields else None, str(self.refusal))
        return data
