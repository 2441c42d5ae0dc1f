"""Refusals around the list of participants, and lists that go out and come in."""

from django.utils.translation import gettext_lazy as _

from registrations.errors.base import DomainError


class ListIssuedMeanwhile(DomainError):
    code = "list_issued_meanwhile"
    message = _("Another list of participants has been issued since this page was opened. Nothing was issued: look at it below first.")


class FinalListIssued(DomainError):
    code = "final_list_issued"
    message = _("The final list of participants has been issued: what follows is a revision of it, not a provisional list.")
    field = "kind"


class NobodyToList(DomainError):
    code = "nobody_to_list"
    message = _("Nobody who can be named in it is confirmed yet: there is no list of participants to issue.")


class NoColumnChosen(DomainError):
    code = "no_column_chosen"
    message = _("Add at least one column.")


class ColumnsNameTaken(DomainError):
    code = "columns_name_taken"
    message = _("Columns are already saved under the name “%(name)s”. Choose another name, or change those.")
    field = "name"


class RowsRefused(DomainError):
    code = "rows_refused"
    message = _("Some rows cannot be imported, so nothing was. Correct the list, or import only the good rows.")


class ChangedSinceLook(DomainError):
    code = "changed_since_look"
    message = _("Something has changed since this page was opened. Nothing was imported: look at the list below once more.")


class NothingToTakeIn(DomainError):
    code = "nothing_to_take_in"
    message = _("No row of the list is new or changes anything: there is nothing to import.")
