"""The form with which organizers choose what a list of participants looks like."""

import unicodedata
from collections.abc import Callable, Collection, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from registrations.details import ListOptions
from registrations.enums import EntityNames, ListKind, ListOrder
from registrations.models import Question
from registrations.rules.list_order import unknown_in
from registrations.rules.questions import FIELD


def as_data(options: ListOptions) -> dict[str, str]:
    """The choices as a browser would send them."""
    ticks = {name: "on" for name in ("has_emails", "has_phones", "marks_changes") if getattr(options, name)}
    texts = {"kind": options.kind, "order": options.order, "letter": options.letter, "names": options.names}
    answers = {FIELD + code: "on" for code in options.questions}
    return {**texts, "precedence": "\n".join(options.precedence), **ticks, **answers}


class ListOptionsForm(forms.Form):
    """Always bound: to what was chosen, or to `as_data` of what is usual.

    There is a box for each of the `questions`. `known` gives all names by which a fixed order may call a delegation; it is
    asked only where there is such an order.
    """

    use_required_attribute = False

    kind = forms.ChoiceField(label=_("Kind"), choices=ListKind.choices, widget=forms.RadioSelect)
    order = forms.ChoiceField(label=_("Order of delegations"), choices=ListOrder.choices, widget=forms.RadioSelect)
    letter = forms.CharField(
        label=_("Letter drawn by lot"), required=False, max_length=4, help_text=_("Each document begins there in the alphabet of its own language.")
    )
    precedence = forms.CharField(
        label=_("Order of precedence"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("One delegation a line, by its name in either language; the others follow in alphabetical order."),
    )
    names = forms.ChoiceField(label=_("Names of States"), choices=EntityNames.choices, widget=forms.RadioSelect)
    has_emails = forms.BooleanField(label=_("Print e-mail addresses"), required=False)
    has_phones = forms.BooleanField(
        label=_("Print telephone numbers"),
        required=False,
        help_text=_("Addresses and numbers may be printed only if the data protection notice of the meeting says so."),
    )
    marks_changes = forms.BooleanField(label=_("Mark the changes since the list issued last"), required=False)

    def __init__(self, data: Any, *, questions: Sequence[Question], known: Callable[[], Collection[str]]) -> None:
        super().__init__(data)
        self.questions, self.known = {FIELD + question.code: question for question in questions}, known
        for name, question in self.questions.items():
            label = gettext("Print the answers to “%(question)s”") % {"question": question}
            self.fields[name] = forms.BooleanField(label=label, required=False)
        if self.questions:
            help_text = gettext("Answers may be printed only if the data protection notice of the meeting says so.")
            self.fields[next(reversed(self.questions))].help_text = help_text
            self.order_fields([name for name in self.fields if name != "marks_changes"])

    def clean_letter(self) -> str:
        return unicodedata.normalize("NFC", self.cleaned_data["letter"])

    def clean_precedence(self) -> tuple[str, ...]:
        return tuple(line.strip() for line in self.cleaned_data["precedence"].splitlines() if line.strip())

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        order = cleaned.get("order")
        if order == ListOrder.LETTER and not (len(cleaned.get("letter", "")) == 1 and cleaned["letter"].isalpha()):
            self.add_error("letter", gettext("Enter the letter that was drawn."))
        if order == ListOrder.PRECEDENCE:
            self._check_precedence(cleaned.get("precedence", ()))
        return cleaned

    def details(self) -> ListOptions:
        """The choices of a valid form."""
        return ListOptions(
            kind=ListKind(self.cleaned_data["kind"]),
            order=ListOrder(self.cleaned_data["order"]),
            letter=self.cleaned_data["letter"],
            precedence=self.cleaned_data["precedence"],
            names=EntityNames(self.cleaned_data["names"]),
            has_emails=self.cleaned_data["has_emails"],
            has_phones=self.cleaned_data["has_phones"],
            questions=tuple(question.code for name, question in self.questions.items() if self.cleaned_data[name]),
            marks_changes=self.cleaned_data["marks_changes"],
        )

    def _check_precedence(self, precedence: tuple[str, ...]) -> None:
        if not precedence:
            self.add_error("precedence", gettext("Enter at least one delegation."))
        for name in unknown_in(precedence, known=self.known()) if precedence else ():
            self.add_error("precedence", gettext("There is no delegation, State or organization by the name “%(name)s”.") % {"name": name})
