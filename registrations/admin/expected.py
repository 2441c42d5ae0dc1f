"""Who is expected: a plain list, kept by the secretariat for each type of delegation."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from registrations.admin.actors import organizer
from registrations.admin.delegation_filters import AddressFilter, SilentFilter
from registrations.admin.expected_import import ExpectedImportPages
from registrations.admin.filters import MeetingOfTypeFilter, TypeOfDelegationFilter
from registrations.admin.language_names import language_choices, language_name
from registrations.admin.mail_words import chase_text
from registrations.enums import EntityKind, Represents
from registrations.forms.edits import edits_of
from registrations.models import DelegationType, Entity, ExpectedDelegation
from registrations.operations.record_edits import record_edits_of_type
from registrations.queries.edits import removed
from registrations.queries.expected import chases_of, with_answer
from registrations.queries.invited import organization_named
from registrations.queries.plain_letters import by_delegation
from registrations.queries.search import search_expected
from registrations.rules.edits import Edit
from registrations.rules.eligibility import is_eligible
from registrations.rules.names import fold, sort_key


class _TypeField(forms.ModelChoiceField):
    def label_from_instance(self, obj: DelegationType) -> str:
        return f"{obj.meeting.title}: {obj}"


class ExpectedForm(forms.ModelForm):
    """A State that may be represented as the type, or an organization, from the list or typed in."""

    class Meta:
        field_classes = {"type": _TypeField}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "en"
        for widget in (self.fields[name].widget for name in ("type", "entity") if name in self.fields):
            widget.can_add_related = widget.can_change_related = widget.can_view_related = False
        if "type" in self.fields:
            self.fields["type"].queryset = self.fields["type"].queryset.select_related("meeting").order_by("-meeting", "order", "pk")
        if "entity" in self.fields:
            entities = sorted(Entity.objects.all(), key=lambda each: sort_key(str(each), language))
            self.fields["entity"].choices = [("", "---------"), *((each.pk, str(each)) for each in entities)]
        if "language" in self.fields:
            choices = [("", _("not known: both languages")), *language_choices()]
            self.fields["language"] = forms.ChoiceField(choices=choices, required=False, label=self.fields["language"].label)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        delegation_type, entity, name = (data.get(field) for field in ("type", "entity", "organization_name"))
        if delegation_type and delegation_type.represents == Represents.STATE:
            self._check_state(delegation_type, entity, name)
        elif delegation_type and name and not entity:
            data |= self._recognized(delegation_type, name)
        elif delegation_type and not name and (entity is None or entity.kind == EntityKind.STATE):
            self.add_error("entity", _("Choose an organization, or type its name."))
        return data

    def _recognized(self, delegation_type: DelegationType, name: str) -> dict[str, Any]:
        """The organization on the list that was typed, if it is one; typed in twice, it is refused."""
        if listed := organization_named(name):
            return {"entity": listed, "organization_name": ""}
        if delegation_type.expected.filter(entity=None, organization_key=fold(name)).exists():
            self.add_error("organization_name", _("It is on the list of this type already."))
        return {}

    def _check_state(self, delegation_type: DelegationType, entity: Entity | None, name: str) -> None:
        if entity is None or name:
            self.add_error("entity", _("Choose a State from the list."))
        elif not is_eligible(groups=entity.groups, eligible_groups=delegation_type.eligible_groups):
            self.add_error("entity", _("%(entity)s is not among those invited as this type.") % {"entity": entity})


class ExpectedList(ChangeList):
    """Each row knows the mail by which it was written to."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        mails = chases_of(self.result_list)
        for expected in self.result_list:
            expected.chase = mails.get(expected.pk)


@admin.register(ExpectedDelegation)
class ExpectedDelegationAdmin(ExpectedImportPages):
    """Whom it stands for is chosen once; address and language can be corrected."""

    keeps_own_history = True
    form = ExpectedForm
    list_display = ["represented", "type_name", "answered", "contact_email", "language_text", "written_to"]
    list_filter = [MeetingOfTypeFilter, TypeOfDelegationFilter, SilentFilter, AddressFilter]
    list_per_page = 100
    list_max_show_all = 500
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    search_fields = ["organization_key"]
    search_help_text = gettext_lazy("State in English or Spanish, organization, address; accents and capitals do not matter.")
    fields = ["type", "entity", "organization_name", "contact_email", "language"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[ExpectedDelegation]:
        expected = with_answer(super().get_queryset(request).select_related("type__meeting", "entity"))
        return expected.annotate(alphabetical=by_delegation(request.LANGUAGE_CODE))

    def get_list_display(self, request: HttpRequest) -> list[str]:
        """Where one type is chosen, every row would only repeat it."""
        return [name for name in self.list_display if name != "type_name" or "type" not in request.GET]

    def get_ordering(self, request: HttpRequest) -> list[Any]:
        return [by_delegation(request.LANGUAGE_CODE).asc()]

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ExpectedList]:
        return ExpectedList

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[ExpectedDelegation], search_term: str
    ) -> tuple[QuerySet[ExpectedDelegation], bool]:
        return search_expected(queryset, words=search_term), False

    def get_readonly_fields(self, request: HttpRequest, obj: ExpectedDelegation | None = None) -> list[str]:
        return ["type", "entity", "organization_name"] if obj else []

    # --- what is kept of an edit ----------------------------------------------------------------------------------------
    def save_related(self, request: HttpRequest, form: forms.ModelForm, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        _record(request, form.instance.type, edits_of(form, formsets, change=change))

    def delete_model(self, request: HttpRequest, obj: ExpectedDelegation) -> None:
        _record(request, obj.type, [removed(obj)])
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[ExpectedDelegation]) -> None:
        removals: dict[DelegationType, list[Edit]] = defaultdict(list)
        for expected in queryset:
            removals[expected.type].append(removed(expected))
        with transaction.atomic():
            for delegation_type, edits in removals.items():
                _record(request, delegation_type, edits)
            super().delete_queryset(request, queryset)

    def response_post_save_add(self, request: HttpRequest, obj: ExpectedDelegation) -> HttpResponse:
        return redirect("admin:registrations_delegationtype_expected", obj.type_id)

    def response_post_save_change(self, request: HttpRequest, obj: ExpectedDelegation) -> HttpResponse:
        return redirect("admin:registrations_delegationtype_expected", obj.type_id)

    # --- columns ------------------------------------------------------------------------------------------------------
    @admin.display(description=gettext_lazy("State or organization"), ordering="alphabetical")
    def represented(self, expected: ExpectedDelegation) -> str:
        return str(expected)

    @admin.display(description=gettext_lazy("type"), ordering="type__order")
    def type_name(self, expected: ExpectedDelegation) -> str:
        return str(expected.type)

    @admin.display(description=pgettext_lazy("column", "answer"))
    def answered(self, expected: ExpectedDelegation) -> SafeString | str:
        if expected.answer is None:
            return _("not yet")
        return format_html(
            '<a href="{}">{}</a>',
            reverse("admin:registrations_delegation_change", args=[expected.answer]),
            pgettext_lazy("expected delegation", "signed up"),
        )

    @admin.display(description=gettext_lazy("language"), ordering="language")
    def language_text(self, expected: ExpectedDelegation) -> str:
        return language_name(expected.language) if expected.language else "–"

    @admin.display(description=pgettext_lazy("column", "written to"), empty_value="–")
    def written_to(self, expected: ExpectedDelegation) -> str:
        return chase_text(expected.chase, meeting=expected.type.meeting)


def _record(request: HttpRequest, delegation_type: DelegationType, edits: Iterable[Edit]) -> None:
    record_edits_of_type(delegation_type, edits, actor=organizer(request), now=timezone.now())
