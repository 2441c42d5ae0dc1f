"""Which file an export makes, and which columns it has."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from registrations.forms.fields import NameField
from registrations.models import SavedColumns

ALL_COLUMNS = ""


class ExportForm(forms.Form):
    """`columns` is the pk of the saved ones, or ALL_COLUMNS."""

    use_required_attribute = False
    kind = forms.ChoiceField(widget=forms.RadioSelect)
    columns = forms.ChoiceField(widget=forms.RadioSelect, required=False)

    def __init__(self, data: Any = None, *, saved: Iterable[SavedColumns], initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.saved = {str(each.pk): each for each in saved}
        if self.initial.get("columns") not in self.saved:
            self.initial["columns"] = ALL_COLUMNS
        self.fields["kind"].label, self.fields["columns"].label = _("File"), _("Columns")
        self.fields["kind"].choices = [
            ("xlsx", _("Excel workbook (XLSX)")),
            ("csv", _("Text for spreadsheets (CSV)")),
            ("json", _("Data for other programs (JSON)")),
        ]
        self.fields["columns"].choices = [(ALL_COLUMNS, _("All columns")), *((pk, each.name) for pk, each in self.saved.items())]

    def chosen(self) -> list[str]:
        """The names of the columns that a valid form asks for, empty for all of them."""
        saved = self.saved.get(self.cleaned_data["columns"])
        return list(saved.columns) if saved else []


class SavedColumnsForm(forms.Form):
    """What a choice of columns is called; the columns themselves are sent as `column`, in their order."""

    use_required_attribute = False
    name = NameField(max_length=80)

    def __init__(self, data: Any = None, *, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.fields["name"].label = _("Name")
        self.fields["name"].error_messages["required"] = _("Write a name, under which these columns are offered for each export.")
