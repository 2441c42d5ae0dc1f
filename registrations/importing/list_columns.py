"""The columns of a list at the desk: what stands above each of them, and what it holds as far as that is known."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from registrations.importing.people_table import Cells, clean
from registrations.rules.names import fold

ASIDE = "aside"
"""A column that is not taken in."""
UNKNOWN = ""
"""A column of which somebody has to say what it holds."""
TYPE, REPRESENTED, CODE = "type", "represented", "code"
"""The columns that say whose delegation a row is about."""
_HEADING_WITHIN = 5
_SAMPLES = 3

Known = Callable[[str], str]
"""What a column with this heading holds in lists of one kind, or UNKNOWN."""

DELEGATION_HEADINGS = {
    TYPE: "type of delegation;delegation type;tipo de delegacion",
    REPRESENTED: "state or organization;state;country;organization;organisation;delegation;mission;state or entity;"
    "estado u organizacion;estado;pais;organizacion;delegacion;mision;estado o entidad",
    CODE: "code;country code;iso code;iso2;country iso2;codigo;codigo de pais;codigo iso",
}
"""What stands above the columns that say whose delegation it is, folded, in both languages."""


@dataclass(frozen=True)
class Heading:
    """One column of the list: what stands above it, what it holds as far as is known, and some of its cells."""

    text: str
    column: str
    samples: tuple[str, ...]


@dataclass(frozen=True)
class ListedCells:
    """A list as it came in. `above` are lines before the headings; `lines` are the others by their number in the file, from 1."""

    headings: Cells
    above: list[str]
    lines: dict[int, Cells] = field(default_factory=dict)


def divided(cells: Sequence[Sequence[str]], *, known: Known, has_headings: bool = True) -> ListedCells:
    """The list's headings apart from its rows; without any known heading the first line that holds something is taken for them."""
    lines = {number: [clean(cell) for cell in line] for number, line in enumerate(cells, start=1)}
    lines = {number: line for number, line in lines.items() if any(line)}
    if not lines or not has_headings:
        return ListedCells([""] * max(map(len, lines.values()), default=0), [], lines)
    first = list(lines)[:_HEADING_WITHIN]
    at = next((number for number in first if sum(known(cell) != UNKNOWN for cell in lines[number] if cell) >= 2), first[0])
    width = max(map(len, lines.values()))
    headings = lines[at] + [""] * (width - len(lines[at]))
    above = [" ".join(filter(None, line)) for number, line in lines.items() if number < at]
    return ListedCells(headings, above, {number: line for number, line in lines.items() if number > at})


def headings_of(listed: ListedCells, *, known: Known, remembered: Mapping[str, str]) -> list[Heading]:
    """Each column with what it holds: as it was said for this meeting before (by `heading_key`), or as its heading says."""
    columns = [remembered.get(heading_key(text)) or known(text) for text in listed.headings]
    return [Heading(text, column, _samples(listed, index)) for index, (text, column) in enumerate(zip(listed.headings, columns, strict=True))]


def heading_key(text: str) -> str:
    """Under which a heading is remembered."""
    return fold(text)[:200]


def plain_heading(text: str) -> str:
    """The heading as the lists of known ones have it."""
    return fold(text.replace("_", " ")).rstrip(" :*")


def taken_columns(columns: Sequence[str]) -> list[str]:
    """Those that are taken in."""
    return [column for column in columns if column not in (ASIDE, UNKNOWN)]


def said_twice(columns: Sequence[str], *, labels: Mapping[str, str]) -> list[str]:
    """A sentence for each thing that two columns are said to hold."""
    taken = taken_columns(columns)
    sentence = _("Two columns are said to hold the same: %(column)s. Leave one of them aside.")
    return [sentence % {"column": labels[column]} for column in dict.fromkeys(taken) if taken.count(column) > 1]


def _samples(listed: ListedCells, index: int) -> tuple[str, ...]:
    filled = (line[index] for line in listed.lines.values() if len(line) > index and line[index])
    return tuple(dict.fromkeys(text for text, _place in zip(filled, range(_SAMPLES), strict=False)))
