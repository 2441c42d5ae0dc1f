"""The pages on which a list of people is taken in: the file, what its columns hold, what would become of each row, and then it is done."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from registrations.admin.actors import organizer
from registrations.admin.import_words import mail_words, parts_of, report_row
from registrations.enums import RowOutcome
from registrations.errors import DomainError
from registrations.exports.comma_separated import lines
from registrations.forms.people_import import ListForm, MappingForm
from registrations.forms.people_rows import ConsentForm
from registrations.forms.upload_limit import was_cut
from registrations.importing.list_columns import column_labels, faults_of
from registrations.importing.people_file import OF_THE_DESK, ListRefused, cells_of_file
from registrations.importing.people_import import Report, look, take_in_all, take_in_good
from registrations.importing.uploaded import cases_of, columns_of, lines_above, number_of_rows, refuse_unless_a_list, remembered_from
from registrations.models import UploadedList
from registrations.operations.uploaded_lists import discard_list, keep_list, map_list
from registrations.queries.desk_rights import meetings_with, of_meetings
from registrations.queries.meetings import meetings_to_come
from registrations.queries.questions import questions_of

_RIGHT = "change_participant"
_DOORS = {"all": take_in_all, "good": take_in_good}


class ImportPages(admin.ModelAdmin):
    """For those who may change participants of the meeting. Nobody is registered before the last button."""

    def get_urls(self) -> list[URLPattern]:
        own = [
            path("import/", self.admin_site.admin_view(self.import_view), name="registrations_participant_import"),
            path("import/<int:list_pk>/", self.admin_site.admin_view(self.map_view), name="registrations_participant_import_map"),
            path("import/<int:list_pk>/look/", self.admin_site.admin_view(self.look_view), name="registrations_participant_import_look"),
            path("import/<int:list_pk>/report/", self.admin_site.admin_view(self.report_view), name="registrations_participant_import_report"),
            path(
                "import/<int:list_pk>/discard/",
                self.admin_site.admin_view(require_POST(self.discard_view)),
                name="registrations_participant_import_discard",
            ),
        ]
        return [*own, *super().get_urls()]

    def has_import_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(f"registrations.{_RIGHT}"))

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        may_import = {"may_import": self.has_import_permission(request)}
        return super().changelist_view(request, {**(extra_context or {}), **may_import})

    # --- the file -------------------------------------------------------------------------------------------------------
    def import_view(self, request: HttpRequest) -> HttpResponseBase:
        self._refuse_unless_allowed(request)
        own = meetings_with(request.user, _RIGHT)
        offered = of_meetings(meetings_to_come(now=timezone.now()), own)
        given = (request.POST, request.FILES) if request.method == "POST" else (None, None)
        form = ListForm(*given, meetings=offered, initial={"meeting": request.GET.get("meeting")})
        uploaded = _kept(request, form) if form.is_bound else None
        if uploaded:
            return redirect("admin:registrations_participant_import_map", uploaded.pk)
        unfinished = of_meetings(UploadedList.objects.filter(user=request.user), own).select_related("meeting")
        return self._import_page(request, "import.html", title=_("Import a list"), form=form, meetings=offered, unfinished=unfinished)

    # --- its columns ----------------------------------------------------------------------------------------------------
    def map_view(self, request: HttpRequest, list_pk: int) -> HttpResponseBase:
        uploaded = self._uploaded(request, list_pk)
        questions = questions_of(uploaded.meeting)
        headings, labels = columns_of(uploaded), column_labels(uploaded.meeting.sessions.order_by("number"), questions=questions)
        form = MappingForm(
            request.POST or None,
            columns=uploaded.columns or [heading.column for heading in headings],
            headings=[heading.text for heading in headings],
            labels=labels,
            types=uploaded.meeting.delegation_types.all(),
            initial={"default_type": uploaded.default_type_id, "language": uploaded.language},
        )
        if form.is_valid() and _map(uploaded, form, labels=labels):
            return redirect("admin:registrations_participant_import_look", uploaded.pk)
        rows = [(form[f"column-{index}"], heading) for index, heading in enumerate(headings)]
        context = {"uploaded": uploaded, "form": form, "rows": rows, "above": lines_above(uploaded), "number": number_of_rows(uploaded)}
        return self._import_page(request, "import_map.html", title=_("What the columns hold"), **context)

    # --- its rows -------------------------------------------------------------------------------------------------------
    def look_view(self, request: HttpRequest, list_pk: int) -> HttpResponseBase:
        """GET shows what would become of each row; a button does it, if it is what was shown."""
        uploaded = self._uploaded(request, list_pk)
        if not uploaded.columns:
            return redirect("admin:registrations_participant_import_map", uploaded.pk)
        consent, door = ConsentForm(request.POST or None), _DOORS.get(request.POST.get("take", ""))
        if not door or not consent.is_valid():
            return self._show_report(request, uploaded, consent)
        seen = request.POST.get("seen", "")
        try:
            report = door(uploaded.meeting, cases=cases_of(uploaded), seen=seen, actor=organizer(request), now=timezone.now())
        except DomainError as refusal:
            return self._show_report(request, uploaded, consent, refusal=str(refusal))
        messages.success(request, _done_words(report))
        if report.counts[RowOutcome.REFUSED]:
            return redirect("admin:registrations_participant_import_look", uploaded.pk)
        discard_list(uploaded)
        return redirect(reverse("admin:registrations_participant_changelist") + f"?meeting={uploaded.meeting_id}")

    def report_view(self, request: HttpRequest, list_pk: int) -> HttpResponseBase:
        """The whole report as a file, row by row."""
        uploaded = self._uploaded(request, list_pk)
        report = look(uploaded.meeting, cases=cases_of(uploaded), actor=organizer(request), now=timezone.now())
        headers = [_("Row"), _("Name"), _("State or organization"), _("Outcome"), _("Details")]
        rows: Iterator[list[Any]] = iter([report_row(row, meeting=uploaded.meeting) for row in report.rows])
        disposition = {"Content-Disposition": f'attachment; filename="{uploaded.meeting.slug}-list-{timezone.now():%Y-%m-%d}.csv"'}
        return StreamingHttpResponse(lines(headers, rows=rows), content_type="text/csv; charset=utf-8", headers=disposition)

    def discard_view(self, request: HttpRequest, list_pk: int) -> HttpResponseBase:
        uploaded = self._uploaded(request, list_pk)
        discard_list(uploaded)
        messages.success(request, _("The list “%(name)s” is discarded.") % {"name": uploaded.file_name})
        return redirect("admin:registrations_participant_import")

    def _show_report(self, request: HttpRequest, uploaded: UploadedList, consent: ConsentForm, *, refusal: str = "") -> HttpResponse:
        report = look(uploaded.meeting, cases=cases_of(uploaded), actor=organizer(request), now=timezone.now())
        context = {
            "uploaded": uploaded,
            "report": report,
            "parts": parts_of(report, meeting=uploaded.meeting),
            "refused": report.counts[RowOutcome.REFUSED],
            "good": report.counts[RowOutcome.NEW] + report.counts[RowOutcome.CHANGED],
            "mails": mail_words(report),
            "consent": consent,
            "refusal": refusal,
        }
        return self._import_page(request, "import_look.html", title=_("What would become of each row"), **context)

    def _uploaded(self, request: HttpRequest, pk: int) -> UploadedList:
        self._refuse_unless_allowed(request)
        own = of_meetings(UploadedList.objects.all(), meetings_with(request.user, _RIGHT))
        return get_object_or_404(own.select_related("meeting", "default_type"), pk=pk)

    def _refuse_unless_allowed(self, request: HttpRequest) -> None:
        if not self.has_import_permission(request):
            raise PermissionDenied

    def _import_page(self, request: HttpRequest, template: str, **context: Any) -> HttpResponse:
        shared = {**self.admin_site.each_context(request), "opts": self.opts}
        return TemplateResponse(request, f"admin/registrations/participant/{template}", shared | context)


def _kept(request: HttpRequest, form: ListForm) -> UploadedList | None:
    """The list that a form brings, kept; None where the form now says why not."""
    if was_cut(request, "file"):
        form.errors.pop("file", None)
        form.add_error("file", OF_THE_DESK.too_large)
    if not form.is_valid():
        return None
    file, has_headings = form.cleaned_data["file"], not form.cleaned_data["no_headings"]
    try:
        cells = cells_of_file(file.read(), name=file.name, limits=OF_THE_DESK)
        refuse_unless_a_list(cells, has_headings=has_headings)
    except ListRefused as refusal:
        form.add_error("file", str(refusal))
        return None
    about = {"file_name": file.name, "language": request.LANGUAGE_CODE, "has_headings": has_headings}
    return keep_list(form.cleaned_data["meeting"], cells=cells, **about, actor=organizer(request), now=timezone.now())


def _map(uploaded: UploadedList, form: MappingForm, *, labels: dict[str, str]) -> bool:
    """Whether the columns could be mapped; if not, the form says why."""
    columns = form.columns()
    for fault in faults_of(columns, labels=labels):
        form.add_error(None, fault)
    if form.errors:
        return False
    chosen = {"default_type": form.cleaned_data["default_type"], "language": form.cleaned_data["language"]}
    map_list(uploaded, columns=columns, remembered=remembered_from(uploaded, columns=columns), **chosen)
    return True


def _done_words(report: Report) -> str:
    new, changed = report.counts[RowOutcome.NEW], report.counts[RowOutcome.CHANGED]
    new_words = ngettext("%(count)s person registered", "%(count)s persons registered", new) % {"count": new}
    changed_words = ngettext("%(count)s registration changed", "%(count)s registrations changed", changed) % {"count": changed}
    return _("The list is imported: %(new)s, %(changed)s.") % {"new": new_words, "changed": changed_words}
