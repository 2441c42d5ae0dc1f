"""The import of a list of expected delegations, beside the list of them."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, override

from registrations.admin.import_words import ImportWords
from registrations.admin.language_names import language_choices, language_name
from registrations.admin.list_import import ImportPages
from registrations.enums import RowOutcome
from registrations.exports.example_list import example_list
from registrations.forms.list_import import ExpectedListForm, ExpectedMappingForm
from registrations.importing.expected_columns import EXAMPLE, column_labels
from registrations.importing.expected_import import EXPECTED, ExpectedReport
from registrations.importing.kind_of_list import Report
from registrations.models import ExpectedDelegation, Meeting, UploadedList
from registrations.queries.change_words import ChangeLine

_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ExpectedWords(ImportWords):
    headings = (gettext_lazy("State or organization"), gettext_lazy("Type of delegation"), gettext_lazy("Contact e-mail"))
    remark = gettext_lazy("Language of correspondence")

    def who(self, row: ExpectedReport) -> list[str]:
        return [row.delegation, row.type_name, row.contact]

    def remarks(self, row: ExpectedReport) -> list[str]:
        language = [_language(row.record.language)] if row.record and row.outcome == RowOutcome.NEW else []
        return [*language, *row.doubts]

    def changes(self, row: ExpectedReport) -> list[ChangeLine]:
        fields = {field.name: field for field in ExpectedDelegation._meta.fields}
        words = {"contact_email": lambda address: address or "–", "language": _language}
        return [ChangeLine(str(fields[name].verbose_name), *map(words[name], pair)) for name, pair in row.changes.items()]

    def done(self, report: Report) -> str:
        new, changed = report.counts[RowOutcome.NEW], report.counts[RowOutcome.CHANGED]
        new_words = ngettext("%(count)s delegation added", "%(count)s delegations added", new) % {"count": new}
        changed_words = ngettext("%(count)s delegation corrected", "%(count)s delegations corrected", changed) % {"count": changed}
        return _("The list of those expected is imported: %(new)s, %(changed)s.") % {"new": new_words, "changed": changed_words}


class ExpectedImportPages(ImportPages):
    """For those who may both add to the list of those expected and change it, at any meeting."""

    kind = EXPECTED
    words = ExpectedWords
    import_rights = ("add_expecteddelegation", "change_expecteddelegation")
    list_form = ExpectedListForm
    mapping_form = ExpectedMappingForm

    def get_urls(self) -> list[URLPattern]:
        example = self.admin_site.admin_view(self.example_view)
        return [path("import/example/<str:language>/", example, name=self._name("import_example")), *super().get_urls()]

    def meetings_offered(self) -> QuerySet[Meeting]:
        return Meeting.objects.order_by("-pk")

    def after_import(self, uploaded: UploadedList) -> str:
        if uploaded.default_type_id:
            return reverse("admin:registrations_delegationtype_expected", args=[uploaded.default_type_id])
        return super().after_import(uploaded)

    def example_view(self, request: HttpRequest, language: str) -> HttpResponse:
        """A workbook with the headings in the language, to be filled in."""
        self._refuse_unless_allowed(request)
        if language not in dict(language_choices()):
            raise Http404
        with override(language):
            labels, title = column_labels(), _("Expected delegations")
        content = example_list([labels[column] for column in EXAMPLE], title=title)
        headers = {"Content-Disposition": f'attachment; filename="{slugify(title)}.xlsx"'}
        return HttpResponse(content, content_type=_WORKBOOK, headers=headers)

    def _import_page(self, request: HttpRequest, template: str, **context: Any) -> HttpResponse:
        return super()._import_page(request, template, **context, examples=language_choices())


def _language(code: str) -> str:
    return language_name(code) if code else _("not known: both languages")
