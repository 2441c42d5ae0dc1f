"""A list at the desk: for which meeting, and what its columns hold."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _

from registrations.models import DelegationType, Meeting
from registrations.rules.bilingual import wording_of
from registrations.rules.meeting_names import told_apart


class _MeetingField(forms.ModelChoiceField):
    names: Mapping[Any, str] = {}

    def label_from_instance(self, obj: Meeting) -> str:
        return self.names[obj.pk]


class _TypeField(forms.ModelChoiceField):
    def label_from_instance(self, obj: DelegationType) -> str:
        return wording_of(obj, "name", language=get_language() or "en").text


class ListForm(forms.Form):
    """The file, and the meeting to which it belongs."""

    use_required_attribute = False
    meeting = _MeetingField(queryset=Meeting.objects.none(), empty_label=None)
    file = forms.FileField(allow_empty_file=True, widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.txt"}))
    no_headings = forms.BooleanField(required=False)

    def __init__(self, *args: Any, meetings: QuerySet[Meeting], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["meeting"].queryset, self.fields["meeting"].label = meetings, _("Meeting")
        self.fields["meeting"].names = told_apart(meetings, language=get_language() or "en")
        self.fields["file"].label = _("List, as an Excel workbook (XLSX) or as CSV")
        self.fields["file"].error_messages["required"] = _("Choose the file with the list.")
        self.fields["no_headings"].label = _("The columns of the list have no headings")

    def defaults(self, *, language: str) -> dict[str, Any]:
        """What stands for what the rows do not say, of a valid form, until the columns are mapped."""
        return {"language": language}


class MappingForm(forms.Form):
    """One choice for each column, `column-0` and so on, out of `labels`; and what stands for what the rows do not say."""

    use_required_attribute = False
    default_type = _TypeField(queryset=DelegationType.objects.none(), required=False)
    language = forms.ChoiceField()

    def __init__(
        self,
        data: Any = None,
        *,
        columns: Sequence[str],
        headings: Sequence[str],
        labels: Mapping[str, str],
        types: QuerySet[DelegationType],
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        self.fields["default_type"].queryset, self.fields["default_type"].label = types, _("Type of delegation of rows that name none")
        self.fields["default_type"].empty_label = _("The only one as which the State or organization may come")
        self.fields["language"].label = _("Language of correspondence of rows that name none")
        self.fields["language"].choices = [(code, get_language_info(code)["name_translated"].capitalize()) for code, _name in settings.LANGUAGES]
        choices = [("", _("Choose what this column holds")), *labels.items()]
        for index, (column, heading) in enumerate(zip(columns, headings, strict=True)):
            self.fields[f"column-{index}"] = forms.ChoiceField(
                choices=choices,
                initial=column if column in labels else "",
                label=heading or _("Column %(number)s") % {"number": index + 1},
                error_messages={"required": _("Say what this column holds, or leave it aside.")},
            )

    def columns(self) -> list[str]:
        """What each column holds, of a valid form."""
        return [self.cleaned_data[name] for name in self.fields if name.startswith("column-")]


class ExpectedListForm(ListForm):
    """A list of expected delegations may come from the page of one type, as which its rows are expected unless they say otherwise."""

    type = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def defaults(self, *, language: str) -> dict[str, Any]:
        chosen = self.cleaned_data["meeting"].delegation_types.filter(pk=self.cleaned_data.get("type")).first()
        return {"language": "", "default_type": chosen}


class ExpectedMappingForm(MappingForm):
    """Whose language is not known is written to in both."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].required = False
        self.fields["language"].label = _("Language of correspondence of new delegations whose row names none")
        self.fields["language"].choices = [("", _("not known: both languages")), *self.fields["language"].choices]
