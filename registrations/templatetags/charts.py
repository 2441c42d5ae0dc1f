"""The desk's charts as inline SVG: where each shape stands. Whole numbers only, so that no language writes them with a comma."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import template
from django.utils.formats import date_format
from django.utils.text import Truncator, capfirst
from django.utils.translation import get_language, get_language_info, pgettext

from registrations.enums import Status
from registrations.queries.desk import Line
from registrations.rules.bilingual import wording_of
from registrations.rules.dates import span_text
from registrations.rules.periods import Period

register = template.Library()
WIDTH, _LONGEST_BAR, _ROW, _BAR_TOP = 480, 430, 42, 20
_TALLEST, _WIDEST_COLUMN, _GROUND, _LABEL_LETTERS = 110, 120, 134, 66


@dataclass(frozen=True)
class Part:
    """The piece of a bar that stands for one status."""

    status: Status
    x: int
    width: int


@dataclass(frozen=True)
class Bar:
    """One row of a bar chart: a label, and below it the parts of the bar side by side, with the total behind them."""

    label: str
    label_y: int
    y: int
    parts: tuple[Part, ...]
    total: int

    @property
    def end(self) -> int:
        return self.parts[-1].x + self.parts[-1].width if self.parts else 0


@dataclass(frozen=True)
class Column:
    """One column of a chart over time, with its day below."""

    label: str
    x: int
    middle: int
    y: int
    width: int
    height: int
    number: int


@register.inclusion_tag("admin/figures/bars.html")
def bars(lines: Sequence[Line], field: str, *, name: str, title: str) -> dict[str, Any]:
    """`{% bars each.lines "plural" name="types-7" title="..." %}`: a bar for each line, cut by status. `name` makes its ids unique."""
    rows = _bars(lines, field)
    return {"bars": rows, "name": name, "title": title, "width": WIDTH, "height": len(rows) * _ROW}


@register.inclusion_tag("admin/figures/columns.html")
def columns(sign_ups: Sequence[tuple[Period, int]], *, name: str, title: str) -> dict[str, Any]:
    """`{% columns each.sign_ups name="days-7" title="..." %}`: a column for each period."""
    return {"columns": _columns(sign_ups), "name": name, "title": title, "width": WIDTH, "ground": _GROUND}


@register.simple_tag
def subject(line: Line, field: str) -> str:
    """`{% subject line "plural" %}`: what a line is about, in the page's language; a language by its name where there is no field."""
    return _label(line, field)


@register.simple_tag
def span(period: Period) -> str:
    """`{% span period %}`: "10 to 12 February 2027"."""
    return span_text(period.first, period.last, language=_page_language())


def _bars(lines: Sequence[Line], field: str) -> list[Bar]:
    most = max((line.total for line in lines), default=0)
    return [
        Bar(Truncator(_label(line, field)).chars(_LABEL_LETTERS), row * _ROW + 14, row * _ROW + _BAR_TOP, tuple(_parts(line, most=most)), line.total)
        for row, line in enumerate(lines)
    ]


def _parts(line: Line, *, most: int) -> Iterable[Part]:
    counted = 0
    for status, number in line.numbers:
        if number:
            start, end = (_scaled(count, most, _LONGEST_BAR) for count in (counted, counted + number))
            yield Part(status, start, max(end - start, 1))
        counted += number


def _columns(sign_ups: Sequence[tuple[Period, int]]) -> list[Column]:
    most = max((number for _period, number in sign_ups), default=0)
    slot = min(WIDTH // max(len(sign_ups), 1), _WIDEST_COLUMN)
    pattern = pgettext("day below a chart", "j M")
    found = []
    for place, (period, number) in enumerate(sign_ups):
        height = _scaled(number, most, _TALLEST)
        middle = place * slot + slot // 2
        found.append(Column(date_format(period.first, pattern), place * slot + slot // 8, middle, _GROUND - height, slot - slot // 4, height, number))
    return found


def _scaled(number: int, most: int, size: int) -> int:
    return round(number * size / most) if most else 0


def _label(line: Line, field: str) -> str:
    if field:
        return wording_of(line.subject, field, language=_page_language()).text
    return str(capfirst(get_language_info(line.subject)["name_translated"]))


def _page_language() -> str:
    return (get_language() or "en")[:2]
