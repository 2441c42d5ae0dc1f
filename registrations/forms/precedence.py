"""The order of precedence as numbers to type."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from registrations.models import Participant


class PrecedenceForm(forms.Form):
    """One number for each person, `place-<pk>`, in the order that they have."""

    def __init__(self, data: Any = None, *, people: Sequence[Participant]) -> None:
        super().__init__(data)
        for place, person in enumerate(people, start=1):
            self.fields[f"place-{person.pk}"] = forms.IntegerField(
                label=person.styled_name,
                initial=place,
                min_value=1,
                max_value=9999,
                error_messages={"required": _("Enter a number."), "invalid": _("Enter a number.")},
            )

    def places(self) -> dict[int, int]:
        """The typed place of each person, by pk."""
        return {int(name.removeprefix("place-")): place for name, place in self.cleaned_data.items()}
