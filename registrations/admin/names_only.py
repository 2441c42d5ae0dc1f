"""What interpreters see of people: who takes part, in which delegation, as what. Nothing else can be read, searched or filtered by."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from registrations.rules.desk_roles import NAMES


class NamesOnly(admin.ModelAdmin):
    """Lists and pages that have another, shorter form for those who may not see the record itself."""

    names_right = NAMES
    names_display: list[str] = []
    names_filter: list[type[admin.SimpleListFilter]] = []
    names_fields: list[Any] = []

    def sees_names_only(self, request: HttpRequest) -> bool:
        return not any(request.user.has_perm(f"registrations.{verb}_{self.opts.model_name}") for verb in ("view", "change"))

    def get_list_display(self, request: HttpRequest) -> Any:
        return self.names_display if self.sees_names_only(request) else super().get_list_display(request)

    def get_list_filter(self, request: HttpRequest) -> Any:
        return self.names_filter if self.sees_names_only(request) else super().get_list_filter(request)

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        rows = super().get_changelist_instance(request)
        if self.sees_names_only(request):
            rows.search_help_text = _("Names, State in English or Spanish, organization; accents and capitals do not matter.")
        return rows

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        return [(None, {"fields": self.names_fields})] if self.sees_names_only(request) else super().get_fieldsets(request, obj)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Otherwise an address like ?email__startswith=a would tell what the page does not show."""
        if self.sees_names_only(request):
            return lookup in {each.parameter_name for each in self.names_filter}
        return super().lookup_allowed(lookup, value, request)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        return {} if self.sees_names_only(request) else super().get_actions(request)

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> HttpResponse:
        return super().render_change_form(request, context | {"names_only": self.sees_names_only(request)}, *args, **kwargs)
