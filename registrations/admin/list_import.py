"""The pages on which a list is taken in: the file, what its columns hold, what would become of each row, and then it is done."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from registrations.admin.actors import organizer
from registrations.admin.import_words import ImportWords, mail_words
from registrations.enums import RowOutcome
from registrations.errors import DomainError
from registrations.exports.comma_separated import lines
from registrations.forms.list_import import ListForm, MappingForm
from registrations.forms.upload_limit import was_cut
from registrations.importing.kind_of_list import KindOfList, Report
from registrations.importing.people_file import OF_THE_DESK, ListRefused, cells_of_file
from registrations.importing.uploaded import cases_of, columns_of, lines_above, number_of_rows, refuse_unless_a_list, remembered_from
from registrations.models import Meeting, UploadedList
from registrations.operations.uploaded_lists import discard_list, keep_list, map_list
from registrations.queries.desk_rights import meetings_with, of_meetings

_DOORS = {"all": KindOfList.take_in_all, "good": KindOfList.take_in_good}


class ImportPages(admin.ModelAdmin):
    """For those who have all of `import_rights` in the meeting. Nothing is written before the last button.

    A kind of list brings its `kind`, the `words` of its report, and pages of its own where `admin/list_import/` does not say enough.
    """

    kind: KindOfList
    words: type[ImportWords]
    import_rights: tuple[str, ...]
    list_form: type[ListForm] = ListForm
    mapping_form: type[MappingForm] = MappingForm

    def get_urls(self) -> list[URLPattern]:
        pages: dict[str, tuple[str, Any]] = {
            "import": ("import/", self.import_view),
            "import_map": ("import/<int:list_pk>/", self.map_view),
            "import_look": ("import/<int:list_pk>/look/", self.look_view),
            "import_report": ("import/<int:list_pk>/report/", self.report_view),
            "import_discard": ("import/<int:list_pk>/discard/", require_POST(self.discard_view)),
        }
        own = [path(address, self.admin_site.admin_view(view), name=self._name(name)) for name, (address, view) in pages.items()]
        return [*own, *super().get_urls()]

    def has_import_permission(self, request: HttpRequest) -> bool:
        return all(request.user.has_perm(f"registrations.{right}") for right in self.import_rights)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        may_import = {"may_import": self.has_import_permission(request)}
        return super().changelist_view(request, {**(extra_context or {}), **may_import})

    # --- what differs between the kinds -----------------------------------------------------------------------------------
    def meetings_offered(self) -> QuerySet[Meeting]:
        raise NotImplementedError

    def confirmation(self, request: HttpRequest) -> Form | None:
        """What has to be said before a list is taken in, if anything."""
        return None

    def after_import(self, uploaded: UploadedList) -> str:
        """The page that shows what came in."""
        return f"{reverse(self._page('changelist'))}?meeting={uploaded.meeting_id}"

    # --- the file -------------------------------------------------------------------------------------------------------
    def import_view(self, request: HttpRequest) -> HttpResponseBase:
        self._refuse_unless_allowed(request)
        offered = self._own(request, self.meetings_offered())
        given = (request.POST, request.FILES) if request.method == "POST" else (None, None)
        form = self.list_form(*given, meetings=offered, initial=request.GET.dict())
        uploaded = _kept(request, form, kind=self.kind) if form.is_bound else None
        if uploaded:
            return redirect(self._page("import_map"), uploaded.pk)
        unfinished = self._own(request, self._lists()).filter(user=request.user)
        return self._import_page(request, "file.html", title=_("Import a list"), form=form, meetings=offered, unfinished=unfinished)

    # --- its columns ----------------------------------------------------------------------------------------------------
    def map_view(self, request: HttpRequest, list_pk: int) -> HttpResponseBase:
        uploaded = self._uploaded(request, list_pk)
        headings, labels = columns_of(uploaded), self.kind.column_labels(uploaded.meeting)
        form = self.mapping_form(
            request.POST or None,
            columns=uploaded.columns or [heading.column for heading in headings],
            headings=[heading.text for heading in headings],
            labels=labels,
            types=uploaded.meeting.delegation_types.all(),
            initial={"default_type": uploaded.default_type_id, "language": uploaded.language},
        )
        if form.is_valid() and _map(request, uploaded, form, faults=self.kind.faults_of(form.columns(), labels=labels)):
            return redirect(self._page("import_look"), uploaded.pk)
        rows = [(form[f"column-{index}"], heading) for index, heading in enumerate(headings)]
        context = {"uploaded": uploaded, "form": form, "rows": rows, "above": lines_above(uploaded), "number": number_of_rows(uploaded)}
        return self._import_page(request, "columns.html", title=_("What the columns hold"), **context)

    # --- its rows -------------------------------------------------------------------------------------------------------
    def look_view(self, request: HttpRequest, list_pk: int) -> HttpResponseBase:
        """GET shows what would become of each row; a button does it, if it is what was shown."""
        uploaded = self._uploaded(request, list_pk)
        if not uploaded.columns:
            return redirect(self._page("import_map"), uploaded.pk)
        confirmation, door = self.confirmation(request), _DOORS.get(request.POST.get("take", ""))
        if not door or (confirmation and not confirmation.is_valid()):
            return self._show_report(request, uploaded, confirmation)
        seen, actor = request.POST.get("seen", ""), organizer(request)
        try:
            report = door(self.kind, uploaded.meeting, cases=cases_of(uploaded), seen=seen, actor=actor, now=timezone.now())
        except DomainError as refusal:
            return self._show_report(request, uploaded, confirmation, refusal=str(refusal))
        messages.success(request, self.words(uploaded.meeting).done(report))
        if report.counts[RowOutcome.REFUSED]:
            return redirect(self._page("import_look"), uploaded.pk)
        discard_list(uploaded)
        return redirect(self.after_import(uploaded))

    def report_view(self, request: HttpRequest, list_pk: int) -> HttpResponseBase:
        """The whole report as a file, row by row."""
        uploaded = self._uploaded(request, list_pk)
        report, words = self._look(request, uploaded), self.words(uploaded.meeting)
        headers = [_("Row"), *map(str, words.headings), _("Outcome"), _("Details")]
        rows: Iterator[list[Any]] = iter([words.line(row) for row in report.rows])
        disposition = {"Content-Disposition": f'attachment; filename="{uploaded.meeting.slug}-list-{timezone.now():%Y-%m-%d}.csv"'}
        return StreamingHttpResponse(lines(headers, rows=rows), content_type="text/csv; charset=utf-8", headers=disposition)

    def discard_view(self, request: HttpRequest, list_pk: int) -> HttpResponseBase:
        uploaded = self._uploaded(request, list_pk)
        discard_list(uploaded)
        messages.success(request, _("The list “%(name)s” is discarded.") % {"name": uploaded.file_name})
        return redirect(self._page("import"))

    def _show_report(self, request: HttpRequest, uploaded: UploadedList, confirmation: Form | None, *, refusal: str = "") -> HttpResponse:
        report, words = self._look(request, uploaded), self.words(uploaded.meeting)
        context = {
            "uploaded": uploaded,
            "report": report,
            "headings": words.headings,
            "parts": words.parts(report),
            "refused": report.counts[RowOutcome.REFUSED],
            "good": report.counts[RowOutcome.NEW] + report.counts[RowOutcome.CHANGED],
            "mails": mail_words(report),
            "confirmation": confirmation,
            "refusal": refusal,
        }
        return self._import_page(request, "look.html", title=_("What would become of each row"), **context)

    def _look(self, request: HttpRequest, uploaded: UploadedList) -> Report:
        return self.kind.look(uploaded.meeting, cases=cases_of(uploaded), actor=organizer(request), now=timezone.now())

    # --- whose list -----------------------------------------------------------------------------------------------------
    def _lists(self) -> QuerySet[UploadedList]:
        return UploadedList.objects.filter(contents=self.kind.contents).select_related("meeting", "default_type")

    def _own(self, request: HttpRequest, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Those of meetings in which somebody may do this."""
        for right in self.import_rights:
            rows = of_meetings(rows, meetings_with(request.user, right))
        return rows

    def _uploaded(self, request: HttpRequest, pk: int) -> UploadedList:
        self._refuse_unless_allowed(request)
        return get_object_or_404(self._own(request, self._lists()), pk=pk)

    def _refuse_unless_allowed(self, request: HttpRequest) -> None:
        if not self.has_import_permission(request):
            raise PermissionDenied

    def _import_page(self, request: HttpRequest, template: str, **context: Any) -> HttpResponse:
        shared = {**self.admin_site.each_context(request), "opts": self.opts}
        own = f"admin/registrations/{self.opts.model_name}/import_{template}"
        return TemplateResponse(request, [own, f"admin/list_import/{template}"], shared | context)

    def _page(self, page: str) -> str:
        return f"admin:{self._name(page)}"

    def _name(self, page: str) -> str:
        return f"registrations_{self.opts.model_name}_{page}"


def _kept(request: HttpRequest, form: ListForm, *, kind: KindOfList) -> UploadedList | None:
    """The list that a form brings, kept; None where the form now says why not."""
    if was_cut(request, "file"):
        form.errors.pop("file", None)
        form.add_error("file", OF_THE_DESK.too_large)
    if not form.is_valid():
        return None
    file, has_headings = form.cleaned_data["file"], not form.cleaned_data["no_headings"]
    try:
        cells = cells_of_file(file.read(), name=file.name, limits=OF_THE_DESK)
        refuse_unless_a_list(cells, kind=kind, meeting=form.cleaned_data["meeting"], has_headings=has_headings)
    except ListRefused as refusal:
        form.add_error("file", str(refusal))
        return None
    about = {"file_name": file.name, "has_headings": has_headings, "contents": kind.contents, **form.defaults(language=request.LANGUAGE_CODE)}
    return keep_list(form.cleaned_data["meeting"], cells=cells, **about, actor=organizer(request), now=timezone.now())


def _map(request: HttpRequest, uploaded: UploadedList, form: MappingForm, *, faults: list[str]) -> bool:
    """Whether the columns could be mapped; if not, the form says why."""
    for fault in faults:
        form.add_error(None, fault)
    if form.errors:
        return False
    columns = form.columns()
    chosen = {"default_type": form.cleaned_data["default_type"], "language": form.cleaned_data["language"]}
    remembered = remembered_from(uploaded, columns=columns)
    map_list(uploaded, columns=columns, remembered=remembered, **chosen, actor=organizer(request), now=timezone.now())
    return True
