"""What each row of a mapped list says, of people in the values of the forms; nothing is judged yet."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from registrations.importing.list_columns import ASIDE, CODE, REPRESENTED, TYPE, UNKNOWN, ListedCells
from registrations.importing.people_columns import FOCAL_POINT, FOCAL_POINT_EMAIL, REFERENCE
from registrations.importing.people_table import split_name
from registrations.importing.people_words import FULL_NAME, language_called, role_called, sessions_called, yes_or_no
from registrations.importing.question_words import answer_called
from registrations.models import Question
from registrations.rules.questions import FIELD

Says = dict[str, str | list[str]]
_OF_THE_ROW = (REFERENCE, TYPE, REPRESENTED, CODE, FOCAL_POINT, FOCAL_POINT_EMAIL)
_MADE_HARMLESS = tuple(f"'{sign}" for sign in "=+-@\t\r\n＝＋－＠")


@dataclass(frozen=True)
class ListedRow:
    """One row: what it says about the person, by field of ParticipantForm, and about the registration, by column; empty cells say nothing.

    `has_full_name` tells that one cell held the whole name, so that nobody knows where the family names begin.
    """

    number: int
    person: Says
    registration: dict[str, str] = field(default_factory=dict)
    has_full_name: bool = False

    def of(self, column: str) -> str:
        return self.registration.get(column, "")

    @property
    def name(self) -> str:
        return f"{self.person.get('given_names', '')} {self.person.get('family_names', '')}".strip()


def rows_of(listed: ListedCells, *, columns: Sequence[str], sessions: Sequence[int], questions: Sequence[Question] = ()) -> Iterator[ListedRow]:
    """The rows with what their columns hold."""
    asked = {FIELD + question.code: question for question in questions}
    numbers = [str(number) for number in sessions]
    for number, found in said_by_rows(listed, columns=columns):
        registration = {column: found.pop(column) for column in _OF_THE_ROW if column in found}
        says = _person(found, numbers=numbers) | _answers(found, asked=asked)
        yield ListedRow(number, says, registration, has_full_name=FULL_NAME in found)


def said_by_rows(listed: ListedCells, *, columns: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """The number of each row and what it says by column; nothing where a cell is empty or its column is left aside."""
    for number, line in listed.lines.items():
        yield number, {column: _as_typed(cell) for column, cell in zip(columns, line, strict=False) if cell and column not in (ASIDE, UNKNOWN)}


def _person(found: Mapping[str, str], *, numbers: list[str]) -> Says:
    says: Says = {column: cell for column, cell in found.items() if column != FULL_NAME and not column.startswith(("session_", FIELD))}
    if FULL_NAME in found:
        given, family = split_name(found[FULL_NAME])
        names: Says = {"given_names": given, "family_names": family}
        says = names | says
    if "role" in found:
        says["role"] = role_called(found["role"]) or found["role"]
    if "language" in found:
        says["language"] = language_called(found["language"]) or found["language"]
    if "sessions" in found:
        says["sessions"] = sessions_called(found["sessions"], numbers=numbers) or [found["sessions"]]
    ticked = [column.removeprefix("session_") for column, cell in found.items() if column.startswith("session_") and yes_or_no(cell)]
    return says | {"sessions": ticked} if ticked else says


def _answers(found: Mapping[str, str], *, asked: Mapping[str, Question]) -> Says:
    return {column: answer_called(cell, question=asked[column]) for column, cell in found.items() if column in asked}


def _as_typed(cell: str) -> str:
    """Without the apostrophe that our own exports put in front of what a spreadsheet would run."""
    return cell[1:] if cell.startswith(_MADE_HARMLESS) else cell
