"""An uploaded list from its cells to the cases that it is made of."""

from typing import Any

from django.utils.translation import gettext_lazy

from registrations.enums import ListContents
from registrations.importing.expected_import import EXPECTED
from registrations.importing.kind_of_list import KindOfList
from registrations.importing.list_columns import Heading, Known, ListedCells, divided, heading_key, headings_of
from registrations.importing.people_file import ListRefused
from registrations.importing.people_import import PEOPLE
from registrations.importing.people_table import Cells
from registrations.models import KnownHeading, Meeting, UploadedList

MOST_ROWS = 10_000
_TOO_MANY = gettext_lazy("A list takes 10,000 rows at most. Divide it into several lists.")
_KINDS = {kind.contents: kind for kind in (PEOPLE, EXPECTED)}


def kind_of(uploaded: UploadedList) -> KindOfList:
    return _KINDS[ListContents(uploaded.contents)]


def refuse_unless_a_list(cells: list[Cells], *, kind: KindOfList, meeting: Meeting, has_headings: bool) -> None:
    """Raise ListRefused for a list of nobody, or of too many."""
    number = len(divided(cells, known=kind.known_in(meeting), has_headings=has_headings).lines)
    if not number:
        raise ListRefused(kind.nobody)
    if number > MOST_ROWS:
        raise ListRefused(_TOO_MANY)


def columns_of(uploaded: UploadedList) -> list[Heading]:
    """The columns of the list with what they hold, as far as the headings or earlier lists of the kind and the meeting say."""
    known = KnownHeading.objects.filter(meeting=uploaded.meeting_id, contents=uploaded.contents)
    return headings_of(_listed(uploaded), known=_known(uploaded), remembered=dict(known.values_list("key", "column")))


def lines_above(uploaded: UploadedList) -> list[str]:
    """The lines before the headings, which are not taken in."""
    return _listed(uploaded).above


def number_of_rows(uploaded: UploadedList) -> int:
    return len(_listed(uploaded).lines)


def remembered_from(uploaded: UploadedList, *, columns: list[str]) -> dict[str, str]:
    """What the headings of this list are to be remembered for."""
    headings = _listed(uploaded).headings
    return {heading_key(text): column for text, column in zip(headings, columns, strict=True) if text}


def cases_of(uploaded: UploadedList) -> list[Any]:
    """What each row of the mapped list is about; a handful of statements for any number of rows."""
    return kind_of(uploaded).cases_of(uploaded, _listed(uploaded))


def _listed(uploaded: UploadedList) -> ListedCells:
    return divided(uploaded.cells, known=_known(uploaded), has_headings=uploaded.has_headings)


def _known(uploaded: UploadedList) -> Known:
    return kind_of(uploaded).known_in(uploaded.meeting)
