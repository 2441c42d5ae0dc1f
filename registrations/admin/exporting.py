"""The list of participants as a file: those ticked, or all that the filters and the search leave."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from registrations.exports.answer_archive import answer_archive
from registrations.exports.document_download import archive_download
from registrations.exports.downloads import display_names, download, file_name
from registrations.exports.participant_table import meeting_of
from registrations.forms.export import ALL_COLUMNS, ExportForm
from registrations.models import Meeting, Participant

EXPORTS = ("export", "export_xlsx", "export_csv", "export_json", "export_display_names", "export_files")
_LAST_TIME = "last_export"


class ExportActions(admin.ModelAdmin):
    """For everybody who may see participants."""

    @admin.action(permissions=["view"], description=gettext_lazy("Export with chosen columns ..."))
    def export(self, request: HttpRequest, queryset: QuerySet[Participant]) -> HttpResponseBase:
        """The page that asks for the file and the columns, then the file. What was chosen last is ticked the next time."""
        meeting = meeting_of(queryset)
        saved = meeting.saved_columns.all() if meeting else []
        data = request.POST if "decided" in request.POST else None
        form = ExportForm(data, saved=saved, initial=_last_time(request, meeting))
        if not form.is_valid():
            return self._ask_how(request, queryset, meeting=meeting, form=form)
        request.session[_LAST_TIME] = request.session.get(_LAST_TIME, {}) | _remembered(form, meeting)
        kind, language = form.cleaned_data["kind"], request.LANGUAGE_CODE
        return download(queryset, kind=kind, language=language, chosen=form.chosen(), now=timezone.now())

    @admin.action(permissions=["view"], description=gettext_lazy("Export as XLSX (Excel)"))
    def export_xlsx(self, request: HttpRequest, queryset: QuerySet[Participant]) -> HttpResponseBase:
        return _file(request, queryset, kind="xlsx")

    @admin.action(permissions=["view"], description=gettext_lazy("Export as CSV"))
    def export_csv(self, request: HttpRequest, queryset: QuerySet[Participant]) -> HttpResponseBase:
        return _file(request, queryset, kind="csv")

    @admin.action(permissions=["view"], description=gettext_lazy("Export as JSON"))
    def export_json(self, request: HttpRequest, queryset: QuerySet[Participant]) -> HttpResponseBase:
        return _file(request, queryset, kind="json")

    @admin.action(permissions=["view"], description=gettext_lazy("Export display names for the meeting platform"))
    def export_display_names(self, request: HttpRequest, queryset: QuerySet[Participant]) -> HttpResponseBase:
        return display_names(queryset, language=request.LANGUAGE_CODE, now=timezone.now())

    @admin.action(permissions=["view"], description=gettext_lazy("Export the files of their answers (ZIP)"))
    def export_files(self, request: HttpRequest, queryset: QuerySet[Participant]) -> HttpResponseBase | None:
        meeting = meeting_of(queryset)
        archive = answer_archive(queryset, meeting=meeting)
        if archive is None:
            messages.warning(request, _("None of these participants has answered a question with a file."))
            return None
        return archive_download(request, archive, name=file_name(meeting, "zip", now=timezone.now(), of="files"))

    def _ask_how(self, request: HttpRequest, queryset: QuerySet[Participant], *, meeting: Meeting | None, form: ExportForm) -> HttpResponseBase:
        number = queryset.count()
        title = ngettext("Export %(count)s participant", "Export %(count)s participants", number) % {"count": number}
        context: dict[str, Any] = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": title,
            "form": form,
            "meeting": meeting,
            "ticked": request.POST.getlist(ACTION_CHECKBOX_NAME),
            "select_across": request.POST.get("select_across", "0"),
            "may_save": self.has_change_permission(request),
        }
        return TemplateResponse(request, "admin/registrations/participant/export.html", context)


def _file(request: HttpRequest, participants: QuerySet[Participant], *, kind: str) -> HttpResponseBase:
    return download(participants, kind=kind, language=request.LANGUAGE_CODE, now=timezone.now())


def _last_time(request: HttpRequest, meeting: Meeting | None) -> dict[str, str]:
    last = request.session.get(_LAST_TIME, {})
    return {"kind": last.get("kind", "xlsx"), "columns": last.get(str(meeting.pk), ALL_COLUMNS) if meeting else ALL_COLUMNS}


def _remembered(form: ExportForm, meeting: Meeting | None) -> dict[str, str]:
    kind = {"kind": form.cleaned_data["kind"]}
    return kind | {str(meeting.pk): form.cleaned_data["columns"]} if meeting else kind
