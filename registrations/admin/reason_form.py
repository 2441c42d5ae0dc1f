"""Why a registration is declined, in every language that is needed."""

from collections.abc import Collection, Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from registrations.forms.participant import ParticipantForm
from registrations.models import PreparedReason, Question
from registrations.rules.bilingual import wording_of
from registrations.rules.questions import FIELD


class ReasonForm(forms.Form):
    """One text for each language of correspondence of those whom it goes to; each is required."""

    use_required_attribute = False

    def __init__(self, data: Any = None, *, languages: Collection[str]) -> None:
        super().__init__(data)
        labels = {"en": _("Reason, in English"), "es": _("Reason, in Spanish")}
        for code, _name in settings.LANGUAGES:
            if code in languages:
                self.fields[f"reason_{code}"] = _reason(code, label=labels[code])

    def reasons(self) -> dict[str, str]:
        """The texts of a valid form by language."""
        return {name.removeprefix("reason_"): text for name, text in self.cleaned_data.items() if name.startswith("reason_")}


class _PreparedReasons(forms.RadioSelect):
    """Each choice carries its text in both languages, for the script that fills it into the fields."""

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        if value:
            option["attrs"] |= {"data-en": value.instance.text_en, "data-es": value.instance.text_es}
        return option


class _PreparedField(forms.ModelChoiceField):
    widget = _PreparedReasons

    def label_from_instance(self, obj: PreparedReason) -> str:
        return wording_of(obj, "text", language=get_language() or "en").text


class DeclineForm(ReasonForm):
    """A prepared reason, a written one, or both: what is written in a language wins over what is picked."""

    prepared = _PreparedField(queryset=PreparedReason.objects.none(), required=False, blank=True)

    class Media:
        js = [forms.widgets.Script("desk/prepared-reason.js", defer=True)]

    def __init__(self, data: Any = None, *, languages: Collection[str], prepared: QuerySet[PreparedReason]) -> None:
        super().__init__(data, languages=languages)
        if not prepared:
            del self.fields["prepared"]
            return
        field = self.fields["prepared"]
        field.queryset, field.label, field.empty_label = prepared, _("Prepared reason"), _("None: I write the reason myself")
        for name in self._languages():
            self.fields[name].required = False

    def clean(self) -> dict[str, Any]:
        data, picked = super().clean() or {}, self.cleaned_data.get("prepared")
        for name in self._languages():
            if name not in data:
                continue
            data[name] = data[name] or (picked and getattr(picked, name.replace("reason", "text")))
            if not data[name]:
                self.add_error(name, self.fields[name].error_messages["required"])
        return data

    def _languages(self) -> list[str]:
        return [name for name in self.fields if name.startswith("reason_")]


class CorrectionRequestForm(ReasonForm):
    """What has to be corrected, and a sentence in each language that is needed."""

    fields_to_correct = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple)

    def __init__(self, data: Any = None, *, languages: Collection[str], questions: Iterable[Question] = ()) -> None:
        super().__init__(data, languages=languages)
        field = self.fields["fields_to_correct"]
        own = [(f"{FIELD}{question.code}", str(question)) for question in questions]
        field.label, field.choices = _("Data to be corrected"), [(name, each.label) for name, each in ParticipantForm.base_fields.items()] + own
        field.error_messages["required"] = _("Tick the data that have to be corrected.")


def _reason(code: str, *, label: str) -> forms.CharField:
    required = {"en": _("Write the reason in English."), "es": _("Write the reason in Spanish.")}
    return forms.CharField(
        label=label,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4, "lang": code, "class": "vLargeTextField"}),
        error_messages={"required": required[code]},
    )


class PromotionForm(forms.Form):
    """Why somebody gets a seat out of turn."""

    use_required_attribute = False
    reason = forms.CharField(max_length=1000, widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}))

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["reason"].label = _("Reason, for the history")
        self.fields["reason"].error_messages["required"] = _("Write the reason: it stays in the history.")
