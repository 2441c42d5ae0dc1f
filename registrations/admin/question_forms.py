"""The form of a meeting's own question and of the answers from which to choose: what was answered already stays what it is."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseInlineFormSet, ModelForm
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registrations.enums import QuestionKind
from registrations.models import DelegationType, Meeting, Question
from registrations.queries.own_answers import codes_chosen, has_answers
from registrations.rules.questions import OptionsFault, code_from, fault_in_options


class TypesField(forms.ModelMultipleChoiceField):
    """Types of delegation to tick; before it is known of which meeting, each with its meeting in front."""

    widget = forms.CheckboxSelectMultiple
    of_meeting: Meeting | None = None

    def label_from_instance(self, obj: DelegationType) -> str:
        return str(obj) if self.of_meeting else f"{obj.meeting}: {obj}"


class QuestionForm(ModelForm):
    """Its kind and code, once somebody has answered, stay."""

    class Meta:
        field_classes = {"delegation_types": TypesField}
        help_texts = {"kind": gettext_lazy("For a choice from a list, enter at least two answers below.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "delegation_types" in self.fields:
            self._offer_types()
        if self.instance.pk and has_answers(self.instance):
            for name in {"kind", "code"} & self.fields.keys():
                _fix(self.fields[name])

    def clean(self) -> dict[str, Any] | None:
        data = super().clean() or {}
        meeting = data.get("meeting") or (self.instance.meeting if self.instance.meeting_id else None)
        if meeting:
            self._check_code(data, meeting)
            if any(each.meeting_id != meeting.pk for each in data.get("delegation_types", ())):
                self.add_error("delegation_types", _("Choose types of delegation of the same meeting."))
        return data

    def _check_code(self, data: dict[str, Any], meeting: Meeting) -> None:
        taken = set(meeting.questions.exclude(pk=self.instance.pk).values_list("code", flat=True))
        data["code"] = data.get("code") or code_from(data.get("text_en", ""), taken=taken)
        if data["code"] in taken:
            self.add_error("code", _("The meeting has a question with this code already."))

    def _offer_types(self) -> None:
        field, meeting = self.fields["delegation_types"], self._meeting_at_hand()
        field.of_meeting = meeting
        types = field.queryset.select_related("meeting").order_by("meeting", "order", "pk")
        field.queryset = types.filter(meeting=meeting) if meeting else types
        field.widget.can_add_related = False

    def _meeting_at_hand(self) -> Meeting | None:
        """The question's own; of a new one, that for which it is begun, if one may."""
        chosen = str(self.initial.get("meeting", ""))
        if self.instance.pk:
            return self.instance.meeting
        return self.fields["meeting"].queryset.filter(pk=chosen).first() if chosen.isdecimal() else None


class OptionFormSet(BaseInlineFormSet):
    """A choice has at least two answers, and every other question none; what somebody chose keeps its code and is not taken out."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.chosen = codes_chosen(self.instance) if self.instance.pk and self.instance.kind == QuestionKind.CHOICE else set()

    def add_fields(self, form: ModelForm, index: int | None) -> None:
        super().add_fields(form, index)
        if form.instance.pk and form.instance.code in self.chosen and "code" in form.fields:
            _fix(form.fields["code"])

    def clean(self) -> None:
        kept = [form for form in self.forms if form.has_changed() or form.instance.pk]
        kept = [form for form in kept if form not in self.deleted_forms and form.is_valid()]
        self._give_codes(kept)
        super().clean()
        self._refuse_number(len(kept))
        for form in self.deleted_forms:
            if form.instance.code in self.chosen:
                raise ValidationError(_("“%(answer)s” stays: somebody has chosen it."), params={"answer": form.instance})

    def _give_codes(self, forms_kept: list[ModelForm]) -> None:
        taken = {form.cleaned_data["code"] for form in forms_kept} - {""}
        for form in forms_kept:
            if not form.cleaned_data["code"]:
                code = code_from(form.cleaned_data["text_en"], taken=taken)
                form.cleaned_data["code"] = form.instance.code = code
                taken.add(code)

    def _refuse_number(self, number: int) -> None:
        fault = fault_in_options(QuestionKind(self.instance.kind), number=number) if self.instance.kind else None
        if fault == OptionsFault.TOO_FEW and not any(self.errors):
            raise ValidationError(_("Enter at least two answers from which to choose."))
        if fault == OptionsFault.NOT_A_CHOICE:
            raise ValidationError(_("Only a choice from a list has answers to choose from. Choose that kind of answer, or take these out."))


def _fix(field: forms.Field) -> None:
    field.disabled, field.help_text = True, _("Somebody has answered already: this stays.")


def fresh_question(meeting: str) -> dict[str, Any]:
    """What a new question begins with, where it is known for which meeting."""
    if not meeting.isdecimal():
        return {}
    return {"meeting": meeting, "order": Question.objects.filter(meeting=meeting).count() + 1}
