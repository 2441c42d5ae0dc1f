"""The import of a list of people, beside the list of participants."""

from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from registrations.admin.import_words import ImportWords
from registrations.admin.list_import import ImportPages
from registrations.enums import RowOutcome
from registrations.forms.people_rows import ConsentForm
from registrations.importing.kind_of_list import Report
from registrations.importing.people_import import PEOPLE, PersonReport
from registrations.models import Meeting
from registrations.queries.change_words import ChangeLine, change_lines
from registrations.queries.meetings import meetings_to_come


class PeopleWords(ImportWords):
    headings = (gettext_lazy("Name"), gettext_lazy("State or organization"))
    remark = gettext_lazy("Status")

    def who(self, row: PersonReport) -> list[str]:
        return [row.name, row.delegation]

    def remarks(self, row: PersonReport) -> list[str]:
        return [str(row.status.label)] if row.status else []

    def changes(self, row: PersonReport) -> list[ChangeLine]:
        return list(change_lines(row.changes, meeting=self.meeting))

    def done(self, report: Report) -> str:
        new, changed = report.counts[RowOutcome.NEW], report.counts[RowOutcome.CHANGED]
        new_words = ngettext("%(count)s person registered", "%(count)s persons registered", new) % {"count": new}
        changed_words = ngettext("%(count)s registration changed", "%(count)s registrations changed", changed) % {"count": changed}
        return _("The list is imported: %(new)s, %(changed)s.") % {"new": new_words, "changed": changed_words}


class PeopleImportPages(ImportPages):
    """For those who may change participants. Nobody is registered without having been informed."""

    kind = PEOPLE
    words = PeopleWords
    import_rights = ("change_participant",)

    def meetings_offered(self) -> QuerySet[Meeting]:
        return meetings_to_come(now=timezone.now())

    def confirmation(self, request: HttpRequest) -> Form | None:
        return ConsentForm(request.POST or None)
