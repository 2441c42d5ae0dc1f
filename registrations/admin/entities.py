"""The States and organizations that can be represented."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from registrations.admin.bilingual_fields import LabelledFields, side_by_side
from registrations.admin.delegation_filters import ExpectedAtFilter, RepresentedFilter
from registrations.admin.groups_field import GroupsField
from registrations.admin.history import history_address
from registrations.admin.history_words import history_lines
from registrations.admin.programme_record import KeptWhileNeeded
from registrations.models import Entity
from registrations.queries.desk_rights import has_everywhere
from registrations.queries.search import search_entities


@admin.register(Entity)
class EntityAdmin(LabelledFields, KeptWhileNeeded, admin.ModelAdmin):
    list_display = ["code", "name_en", "name_es", "kind"]
    list_display_links = ["code", "name_en", "name_es"]
    list_filter = ["kind", RepresentedFilter, ExpectedAtFilter]
    list_per_page = 100
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    search_fields = ["search_text"]
    search_help_text = _("Names in English or Spanish, acronym, code; accents and capitals do not matter.")
    fieldsets = [(None, {"fields": [("code", "kind"), *side_by_side("name", "formal_name", "article", "acronym"), "groups"]})]
    formfield_overrides = {models.JSONField: {"form_class": GroupsField}}

    def get_search_results(self, request: HttpRequest, queryset: QuerySet[Entity], search_term: str) -> tuple[QuerySet[Entity], bool]:
        return search_entities(queryset, words=search_term), False

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, obj: Entity | None = None, **kwargs: Any) -> HttpResponse:
        """With its history, for whoever reads that of any meeting; the list of all is for those who read that of every meeting."""
        if obj and request.user.has_perm("registrations.view_historyentry"):
            context["history"] = list(history_lines(obj.history.all(), meeting=None))
            context["history_address"] = history_address(entity=obj.pk) if has_everywhere(request.user, "view_historyentry") else ""
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)
