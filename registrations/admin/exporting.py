"""The list of participants as a file: those ticked, or all that the filters and the search leave."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext_lazy

from registrations.exports.downloads import download
from registrations.models import Participant

EXPORTS = ("export_xlsx", "export_csv", "export_json")


class ExportActions(admin.ModelAdmin):
    """For everybody who may see participants."""

    @admin.action(permissions=["view"], description=gettext_lazy("Export as XLSX (Excel)"))
    def export_xlsx(self, request: HttpRequest, queryset: QuerySet[Participant]) -> HttpResponseBase:
        return _file(request, queryset, kind="xlsx")

    @admin.action(permissions=["view"], description=gettext_lazy("Export as CSV"))
    def export_csv(self, request: HttpRequest, queryset: QuerySet[Participant]) -> HttpResponseBase:
        return _file(request, queryset, kind="csv")

    @admin.action(permissions=["view"], description=gettext_lazy("Export as JSON"))
    def export_json(self, request: HttpRequest, queryset: QuerySet[Participant]) -> HttpResponseBase:
        return _file(request, queryset, kind="json")


def _file(request: HttpRequest, participants: QuerySet[Participant], *, kind: str) -> HttpResponseBase:
    return download(participants, kind=kind, language=request.LANGUAGE_CODE, now=timezone.now())
