"""Rows of a list of people, pasted or from a file, as values for the form; what cannot be placed is kept for the reader to see."""

import csv
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from statistics import median_high

from registrations.enums import QuestionKind
from registrations.forms.honorifics import HONORIFICS
from registrations.importing.people_words import FULL_NAME, column_called, language_called, role_called, sessions_called
from registrations.importing.question_words import answer_called, by_heading, plain_words
from registrations.models import Question
from registrations.rules.names import fold
from registrations.rules.questions import FIELD

Cells = list[str]
Values = dict[str, str | list[str]]
_Called = Callable[[str], str | None]

_HEADING_WITHIN = 5
_BREAKS = re.compile(r"\s*[\t\r\n\v\f\x85\u2028\u2029]+\s*")
_AROUND = " \u00a0\u3000\ufeff\u200b\u200e\u200f"
_PHONE = re.compile(r"\+?[\d\s().\-/]{6,}(?:ext\.? ?\d+)?", re.IGNORECASE)
_TITLES = {fold(title) for titles in HONORIFICS.values() for title in titles}


@dataclass(frozen=True)
class Table:
    """The rows, each with the values of ParticipantForm and `surplus` for what has no column; `unused` is told to the reader."""

    rows: list[Values]
    unused: list[str]


def cells_of(text: str) -> list[Cells]:
    """The cells of pasted text or a CSV file, divided by tabs, semicolons or commas, whichever divides it best."""
    quoting = csv.QUOTE_NONE if text.count('"') % 2 else csv.QUOTE_MINIMAL
    lines = text.replace("\0", "\ufffd").splitlines(keepends=True)
    return max((_divided(lines, delimiter, quoting) for delimiter in "\t;,"), key=_usual_length)


def read_people(cells: Sequence[Sequence[str]], *, sessions: Sequence[int], language: str, questions: Sequence[Question] = ()) -> Table:
    """The people listed. Values that nobody recognizes stay as written, for the form to refuse; blank lines are passed over.

    The answers to the meeting's own `questions` are recognized by the headings alone. No role means representative, no language the one given,
    no sessions all of those given.
    """
    lines = [[clean(cell) for cell in line] for line in cells]
    lines = [line for line in lines if any(line)]
    called = partial(_column_called, asked=by_heading(questions))
    start = next((index for index, line in enumerate(lines[:_HEADING_WITHIN]) if _is_heading(line, called)), None)
    if start is None:
        columns, unused = _guessed(lines), list[str]()
    else:
        columns, unused = _named(lines[start], called)
        unused = [" ".join(filter(None, line)) for line in lines[:start]] + unused
        lines = lines[start + 1 :]
    numbers = [str(number) for number in sessions]
    asked = {FIELD + question.code: question for question in questions}
    return Table([_values(line, columns, numbers=numbers, language=language, asked=asked) for line in lines], unused)


def split_name(text: str) -> tuple[str, str]:
    """Given and family names of "Muñoz Peña, María" or "María MUÑOZ PEÑA"; all of it is family names where nothing tells them apart."""
    if text.count(",") == 1:
        family, given = (part.strip() for part in text.split(","))
        return (given, family) if given and family else ("", text)
    words = text.split()
    capitals = [word for word in words if _is_capitals(word)]
    others = [word for word in words if not _is_capitals(word)]
    if capitals and others and words in (others + capitals, capitals + others):
        return " ".join(others), " ".join(capitals)
    return "", text


def _is_capitals(word: str) -> bool:
    return word.isupper() and sum(c.isalpha() for c in word) > 1


def _divided(lines: list[str], delimiter: str, quoting: int) -> list[Cells]:
    return list(csv.reader(lines, delimiter=delimiter, quoting=quoting))  # type: ignore[arg-type]


def _usual_length(rows: list[Cells]) -> int:
    return median_high([len(row) for row in rows if any(cell.strip() for cell in row)] or [0])


def clean(cell: str) -> str:
    """The cell on one line, composed, without invisible marks at its ends."""
    return unicodedata.normalize("NFC", _BREAKS.sub(" ", cell.replace("\0", "\ufffd"))).strip(_AROUND)


def _column_called(heading: str, *, asked: Mapping[str, Question]) -> str | None:
    """What every meeting asks comes first; no list has files."""
    question = asked.get(plain_words(heading))
    of_question = FIELD + question.code if question and question.kind != QuestionKind.FILE else None
    return column_called(heading) or of_question


def _is_heading(line: Cells, called: _Called) -> bool:
    filled = [cell for cell in line if cell]
    known = sum(called(cell) is not None for cell in filled)
    return known >= 2 or known == len(filled) == 1


def _named(headings: Cells, called: _Called) -> tuple[list[str], list[str]]:
    """The field of each column ("" where it is unknown or comes again), and the headings of those left aside."""
    columns: list[str] = []
    for heading in headings:
        column = called(heading) or ""
        columns.append("" if column in columns else column)
    if "given_names" in columns and "family_names" not in columns and FULL_NAME not in columns:
        columns[columns.index("given_names")] = FULL_NAME
    unused = [heading for heading, column in zip(headings, columns, strict=True) if heading and not column]
    return [column if column or not heading else "-" for heading, column in zip(headings, columns, strict=True)], unused


def _guessed(lines: list[Cells]) -> list[str]:
    """The field of each column by what stands in it."""
    width = max((len(line) for line in lines), default=0)
    columns: list[str] = []
    texts: list[int] = []
    for index in range(width):
        cells = [line[index] for line in lines if len(line) > index and line[index]]
        kind = "-" if index == 0 and _is_numbering(cells) else _kind(cells, taken=columns)
        columns.append(kind)
        if not kind and cells:
            texts.append(index)
    for index, name in zip(texts, _text_columns(lines, texts), strict=False):
        columns[index] = name
    return columns


def _text_columns(lines: list[Cells], texts: list[int]) -> tuple[str, ...]:
    if len(texts) == 1:
        return (FULL_NAME,)
    names = [line[texts[0]] for line in lines if texts and len(line) > texts[0]]
    if len(texts) == 2 and _mostly(names, lambda name: any(split_name(name)[:1]) or len(name.split()) > 2):
        return (FULL_NAME, "position")
    return ("given_names", "family_names", "position")


def _is_numbering(cells: Cells) -> bool:
    return len(cells) > 1 and [cell.rstrip(".)") for cell in cells] == [str(number) for number in range(1, len(cells) + 1)]


def _kind(cells: Cells, *, taken: Sequence[str]) -> str:
    return next((name for name, fits in _KINDS.items() if name not in taken and _mostly(cells, fits)), "")


def _mostly(cells: Cells, fits: Callable[[str], object]) -> bool:
    return 2 * sum(bool(fits(cell)) for cell in cells) > len(cells)


_KINDS: dict[str, Callable[[str], object]] = {
    "email": lambda cell: "@" in cell[1:],
    "role": role_called,
    "language": language_called,
    "sessions": lambda cell: sessions_called(cell, numbers=["all"]),
    "phone": _PHONE.fullmatch,
    "honorific": lambda cell: fold(cell) in _TITLES,
}


def _values(line: Cells, columns: list[str], *, numbers: list[str], language: str, asked: Mapping[str, Question]) -> Values:
    found = {column: cell for column, cell in zip(columns, line, strict=False) if column not in ("", "-")}
    unplaced = [cell for index, cell in enumerate(line) if cell and (index >= len(columns) or not columns[index])]
    given, family = split_name(found.pop(FULL_NAME, ""))
    values: Values = {"given_names": given, "family_names": family} if given or family else {}
    values |= {name: cell for name, cell in found.items() if cell or name not in values}
    values |= {name: answer_called(cell, question=asked[name]) for name, cell in found.items() if name in asked}
    role, tongue, sessions = found.get("role", ""), found.get("language", ""), found.get("sessions", "")
    return values | {
        "role": (role_called(role) or role) if role else "representative",
        "language": (language_called(tongue) or tongue) if tongue else language,
        "sessions": sessions_called(sessions, numbers=numbers) or [sessions],
        "surplus": " | ".join(unplaced),
    }
