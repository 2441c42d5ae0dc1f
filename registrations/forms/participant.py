"""One person, as on the sign-up form."""

from collections.abc import Callable, Collection, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from registrations.details import Person
from registrations.enums import Role
from registrations.forms.fields import LineField, NameField, PlainSelect, SessionsField, has_a_digit, one_line
from registrations.forms.questions import Files, question_field
from registrations.models import Question
from registrations.queries.offer import Offer
from registrations.rules.questions import FIELD

TYPED = ("honorific", "given_names", "family_names", "position", "institution", "email", "phone", "accessibility_needs")


class ParticipantForm(forms.Form):
    """The names of the fields stay as they are: scripts outside fill them in."""

    honorific = LineField(
        label=_("Courtesy title"),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"list": "honorifics", "autocomplete": "honorific-prefix"}),
    )
    role = forms.ChoiceField(
        label=_("Function in the delegation"), widget=PlainSelect, error_messages={"required": _("Choose the function in the delegation.")}
    )
    given_names = LineField(label=_("Given names"), max_length=120, required=False, widget=forms.TextInput(attrs={"autocomplete": "given-name"}))
    family_names = NameField(
        label=_("Family names"),
        max_length=120,
        help_text=_("Printed exactly as typed. A person with one name only: enter it here."),
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
        error_messages={"required": _("Enter the family names.")},
    )
    position = LineField(
        label=_("Position"),
        max_length=250,
        help_text=_("As it should appear in the list of participants."),
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
        error_messages={"required": _("Enter the position, as it should appear in the list of participants.")},
    )
    institution = LineField(
        label=_("Institution"),
        max_length=250,
        required=False,
        help_text=_("Ministry, agency or organization, if it is not the delegation’s own. For example: Ministry of Defence."),
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        help_text=_("The calendar invitations go to this address. Several people may share one."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Enter the e-mail address to which the calendar invitations go."),
            "invalid": _("Enter an e-mail address in the form name@example.org."),
        },
    )
    phone = LineField(
        label=_("Telephone"),
        max_length=40,
        required=False,
        validators=[has_a_digit],
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    language = forms.ChoiceField(
        label=_("Language of correspondence"),
        choices=settings.LANGUAGES,
        widget=PlainSelect,
        error_messages={"required": _("Choose the language of correspondence.")},
    )
    sessions = SessionsField(label=_("Sessions attended"), error_messages={"required": _("Choose at least one session.")})
    accessibility_needs = forms.CharField(
        label=_("Accessibility needs"),
        max_length=500,
        required=False,
        help_text=_("For example captions, sign language or large print. Not shown in the list of participants."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(
        self,
        *args: Any,
        session_choices: Callable[[], Sequence[tuple[int, str]]],
        page_language: str,
        questions: Sequence[Question] = (),
        files: Files | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.questions = {FIELD + question.code: question for question in questions}
        files = files or Files()
        for name, question in self.questions.items():
            self.fields[name] = question_field(question, files=files, refusal=files.refused.get(self.add_prefix(name), ""))
        self.fields["role"].choices = [("", _("Choose a function")), *Role.choices]
        self.fields["sessions"].choices = session_choices
        self.fields["sessions"].initial = lambda: [number for number, _label in session_choices()]
        self.fields["language"].initial = page_language

    @property
    def answers(self) -> list[forms.BoundField]:
        """The fields in which the meeting's own questions are answered."""
        return [self[name] for name in self.questions]

    def require_no_answers(self) -> None:
        """An organizer may leave out what others have to answer."""
        for name in self.questions:
            self.fields[name].required = self.fields[name].widget.is_required = False

    def mark(self, names: Sequence[str]) -> None:
        """Show that these fields are to be corrected; the page opens on the first of them."""
        for name in (name for name in self.fields if name in names):
            self.fields[name].to_correct = True
        first = next((name for name in self.fields if name in names), None)
        if first and not self.is_bound:
            self.fields[first].widget.attrs["autofocus"] = True

    def keep_sessions(self, numbers: Collection[int]) -> None:
        """Of somebody who has chosen these, which are offered no more and stay chosen, no other choice is asked."""
        self.fields["sessions"].required = not numbers

    def has_changed(self) -> bool:
        """Whether anything was typed: a participant left blank altogether is passed over."""
        return any(str(self.data.get(self.add_prefix(name), "")).strip() for name in (*TYPED, *self.questions))

    def clean_accessibility_needs(self) -> str:
        text = "\n".join(self.cleaned_data["accessibility_needs"].splitlines())
        for line in text.split("\n"):
            one_line(line)
        return text

    def details(self) -> Person:
        """The person of a valid form."""
        data = {name: value for name, value in self.cleaned_data.items() if name not in self.questions}
        answers = {question.code: self.cleaned_data[name] for name, question in self.questions.items() if self.cleaned_data[name]}
        return Person(**{**data, "role": Role(data["role"]), "sessions": frozenset(data["sessions"]), "answers": answers})


def choices_of(offer: Offer, *, files: Files) -> dict[str, Any]:
    """What a form takes from the offer and from the files that came with it."""
    return {
        "session_choices": lambda: offer.session_choices,
        "page_language": offer.language,
        "questions": offer.questions,
        "files": files,
    }
