"""The forms that the rows of a list have to pass, one for each type of delegation."""

from typing import Any

from django.utils.datastructures import MultiValueDict

from registrations.details import Person
from registrations.forms.people_rows import PersonRow
from registrations.importing.listed_delegations import RowRefused, about_field
from registrations.importing.roster import Roster


class RowForms:
    """Each is made once, however many rows it judges."""

    def __init__(self, roster: Roster, language: str) -> None:
        self.roster, self.language = roster, language
        self.choices = [(session.number, str(session.number)) for session in roster.sessions]
        self.forms: dict[int, PersonRow] = {}

    def of(self, type_pk: int) -> PersonRow:
        """That for the type's people, with what they are asked; the secretariat may leave out what others have to answer."""
        if type_pk not in self.forms:
            asked = self.roster.asked_of(type_pk)
            form = PersonRow(session_choices=lambda: self.choices, page_language=self.language, questions=asked, cancelled={})
            form.is_bound = True
            for name in form.questions:
                form.fields[name].required = False
            self.forms[type_pk] = form
        return self.forms[type_pk]


def person_of(form: PersonRow, values: dict[str, Any]) -> Person:
    """The person whom the values make. Raises RowRefused."""
    data: MultiValueDict[str, Any] = MultiValueDict()
    for name, value in values.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    form.data = data
    form.full_clean()
    if form.errors:
        raise RowRefused(*_sentences(form))
    details: Person = form.details()
    return details


def _sentences(form: PersonRow) -> list[str]:
    return [about_field(str(form.fields[name].label), str(message)) for name, errors in form.errors.items() for message in errors]
