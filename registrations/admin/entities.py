"""The States and organizations that can be represented."""

from django.contrib import admin
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from registrations.admin.bilingual_fields import LabelledFields, side_by_side
from registrations.admin.delegation_filters import ExpectedAtFilter, RepresentedFilter
from registrations.admin.groups_field import GroupsField
from registrations.admin.programme_record import KeptWhileNeeded
from registrations.models import Entity
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
