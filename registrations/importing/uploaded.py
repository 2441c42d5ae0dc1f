"""An uploaded list from its cells to the cases that it is made of."""

from django.utils.translation import gettext_lazy

from registrations.importing.list_columns import Heading, ListedCells, divided, heading_key, headings_of
from registrations.importing.listed_people import Case, Sorting
from registrations.importing.listed_rows import rows_of
from registrations.importing.people_file import ListRefused
from registrations.importing.people_table import Cells
from registrations.importing.roster import roster_of
from registrations.models import KnownHeading, UploadedList
from registrations.queries.questions import questions_of

MOST_ROWS = 10_000
_EMPTY = gettext_lazy("There is nobody on this list. Choose a file with one person in each row below the headings.")
_TOO_MANY = gettext_lazy("A list takes 10,000 rows at most. Divide it into several lists.")


def refuse_unless_a_list(cells: list[Cells], *, has_headings: bool) -> None:
    """Raise ListRefused for a list of nobody, or of too many."""
    number = len(divided(cells, has_headings=has_headings).lines)
    if not number:
        raise ListRefused(_EMPTY)
    if number > MOST_ROWS:
        raise ListRefused(_TOO_MANY)


def columns_of(uploaded: UploadedList) -> list[Heading]:
    """The columns of the list with what they hold, as far as the headings or earlier lists of the meeting say."""
    remembered = dict(KnownHeading.objects.filter(meeting=uploaded.meeting_id).values_list("key", "column"))
    return headings_of(_listed(uploaded), remembered=remembered, questions=questions_of(uploaded.meeting))


def lines_above(uploaded: UploadedList) -> list[str]:
    """The lines before the headings, which are not taken in."""
    return _listed(uploaded).above


def number_of_rows(uploaded: UploadedList) -> int:
    return len(_listed(uploaded).lines)


def remembered_from(uploaded: UploadedList, *, columns: list[str]) -> dict[str, str]:
    """What the headings of this list are to be remembered for."""
    headings = _listed(uploaded).headings
    return {heading_key(text): column for text, column in zip(headings, columns, strict=True) if text}


def cases_of(uploaded: UploadedList) -> list[Case]:
    """What each row of the mapped list is about; a handful of statements for any number of rows."""
    roster = roster_of(uploaded.meeting)
    sorting = Sorting(roster, uploaded.default_type, uploaded.language)
    numbers = [session.number for session in roster.sessions]
    rows = rows_of(_listed(uploaded), columns=uploaded.columns, sessions=numbers, questions=roster.questions)
    return list(sorting.cases(rows))


def _listed(uploaded: UploadedList) -> ListedCells:
    return divided(uploaded.cells, has_headings=uploaded.has_headings, questions=questions_of(uploaded.meeting))
