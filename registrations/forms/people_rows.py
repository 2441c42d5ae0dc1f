"""The editable table of people to be added to a delegation: as typed, pasted or read from a file, with the trouble at each cell."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from registrations.enums import QuestionKind
from registrations.errors import ListedTwice, SessionCancelled, UnknownSession
from registrations.forms.draft import PREFIX, participants_as_typed, with_count
from registrations.forms.participant import TYPED, ParticipantForm
from registrations.forms.sign_up import SignUpForm
from registrations.rules.names import mailbox_key, name_key
from registrations.rules.questions import FIELD

MOST_ROWS = 200
SURPLUS = "surplus"
Row = dict[str, Any]


class PersonRow(ParticipantForm):
    """One row. `surplus` holds what was in a pasted row and belongs to no column, until somebody has moved it.

    `cancelled` are the titles of the sessions that can no longer be chosen, by number.
    """

    surplus = forms.CharField(label=_("Not assigned to a column"), required=False, max_length=2000)

    def __init__(self, *args: Any, cancelled: Mapping[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cancelled = cancelled
        self.fields["role"].error_messages["invalid_choice"] = _("“%(value)s” is not a function in a delegation. Choose one from the list.")
        self.fields["language"].error_messages["invalid_choice"] = _("Mails are written in English or Spanish, not in “%(value)s”. Choose one.")
        self.fields["sessions"].error_messages["invalid_choice"] = _("“%(value)s” is not a session of this meeting. Tick the sessions attended.")
        for name, question in self.questions.items():
            if question.kind in (QuestionKind.CHOICE, QuestionKind.YES_NO):
                self.fields[name].error_messages["invalid_choice"] = _("“%(value)s” is not among the answers. Choose one from the list.")

    def has_changed(self) -> bool:
        return super().has_changed() or bool(str(self.data.get(self.add_prefix(SURPLUS), "")).strip())

    def clean_surplus(self) -> str:
        if self.cleaned_data[SURPLUS]:
            raise forms.ValidationError(_("This could not be assigned to a column. Move what is needed to its place and empty this field."))
        return ""

    def clean_sessions(self) -> list[int]:
        cancelled = sorted(self.cancelled.keys() & set(self.cleaned_data["sessions"]))
        if cancelled:
            raise forms.ValidationError(str(SessionCancelled(session=self.cancelled[cancelled[0]])))
        known = {number for number, _label in self.fields["sessions"].choices}
        if not set(self.cleaned_data["sessions"]) <= known:
            raise forms.ValidationError(str(UnknownSession()))
        return list(self.cleaned_data["sessions"])

    def details(self) -> Any:
        self.cleaned_data.pop(SURPLUS, None)
        return super().details()


class BasePeopleRows(BaseFormSet):
    default_error_messages = {"too_many_forms": _("A list takes 200 rows at most. Divide it into several lists.")}

    @property
    def filled(self) -> list[PersonRow]:
        """The rows in which something was typed."""
        return [form for form in self.forms if form.has_changed()]

    @property
    def good(self) -> list[PersonRow]:
        return [form for form in self.filled if form.is_valid()]

    def full_clean(self) -> None:
        """The first of two rows for the same person counts; the trouble stands at the second."""
        super().full_clean()
        seen: set[tuple[str, str]] = set()
        for form in self.good if self.is_bound else []:
            person = f"{form.cleaned_data['given_names']} {form.cleaned_data['family_names']}".strip()
            key = mailbox_key(form.cleaned_data["email"]), name_key(person)
            if key in seen:
                form.add_error("email", str(ListedTwice(name=person)))
            seen.add(key)


PeopleRows: type[BasePeopleRows] = formset_factory(
    PersonRow, formset=BasePeopleRows, extra=0, max_num=MOST_ROWS, absolute_max=2 * MOST_ROWS, validate_max=True
)


class ConsentForm(forms.Form):
    consent = SignUpForm.base_fields["consent"]


def rows_as_typed(data: QueryDict) -> list[Row]:
    """Every row of the page, in order."""
    data = with_count(data)
    return [row | {SURPLUS: data.get(f"{PREFIX}-{index}-{SURPLUS}", "")} for index, row in enumerate(participants_as_typed(data))]


def is_blank(row: Row) -> bool:
    """Whether nothing was typed in the row."""
    return not any(str(value).strip() for name, value in row.items() if name in (*TYPED, SURPLUS) or name.startswith(FIELD))


def without(rows: Sequence[Row], action: str) -> list[Row]:
    """The rows after "remove-2"."""
    removed = re.fullmatch(r"remove-(\d{1,3})", action)
    return [row for index, row in enumerate(rows) if not removed or index != int(removed[1])]


def as_data(rows: Iterable[Row]) -> MultiValueDict:
    """The rows as a browser would send them."""
    data: MultiValueDict = MultiValueDict()
    count = 0
    for index, row in enumerate(rows):
        count = index + 1
        for name, value in row.items():
            data.setlist(f"{PREFIX}-{index}-{name}", value if isinstance(value, list) else [value])
    data[f"{PREFIX}-TOTAL_FORMS"], data[f"{PREFIX}-INITIAL_FORMS"] = str(count), "0"
    return data
