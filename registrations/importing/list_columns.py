"""What the columns of a list at the desk hold: known by their headings in English or Spanish, or mapped by hand."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registrations.enums import QuestionKind
from registrations.forms.participant import ParticipantForm
from registrations.importing.people_table import Cells, clean
from registrations.importing.people_words import FULL_NAME, by_word, column_called
from registrations.importing.question_words import by_heading, plain
from registrations.models import Question, Session
from registrations.rules.names import fold
from registrations.rules.questions import FIELD

ASIDE = "aside"
"""A column that is not taken in."""
UNKNOWN = ""
"""A column of which somebody has to say what it holds."""
REFERENCE, TYPE, REPRESENTED, CODE, FOCAL_POINT, FOCAL_POINT_EMAIL = "reference", "type", "represented", "code", "focal_point", "focal_point_email"
_TWICE = gettext_lazy("Two columns are said to hold the same: %(column)s. Leave one of them aside.")
_NO_NAMES = gettext_lazy("Say which column holds the family names, or the given and family names together.")
_NO_EMAIL = gettext_lazy("Say which column holds the e-mail addresses.")
_NO_STATE = gettext_lazy("Say which column holds the State or organization, or its code.")
_SESSION = re.compile(r"(?:session|sesion) (\d{1,3})\b.*")
_WRITTEN_BY_EXPORTS = ("signed up (", "present at session ", "fecha de inscripcion (", "asistio a la sesion ")
_HEADING_WITHIN = 5
_SAMPLES = 3

_OF_THE_DESK = by_word(
    {
        REFERENCE: "reference;registration reference;referencia",
        TYPE: "type of delegation;delegation type;tipo de delegacion",
        REPRESENTED: "state or organization;state;country;organization;organisation;delegation;mission;state or entity;"
        "estado u organizacion;estado;pais;organizacion;delegacion;mision;estado o entidad",
        CODE: "code;country code;iso code;iso2;country iso2;codigo;codigo de pais;codigo iso",
        FOCAL_POINT: "focal point;focal point name;name of the focal point;punto focal;nombre del punto focal",
        FOCAL_POINT_EMAIL: "focal points e-mail;focal point e-mail;focal point email;e-mail of the focal point;correo electronico del punto focal;"
        "correo del punto focal",
        ASIDE: "meeting;order in the delegation;order;display name;status;came in by;no;n;#;number;"
        "reunion;orden en la delegacion;orden;nombre en pantalla;situacion;via de inscripcion;numero;num",
    }
)


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


def divided(cells: Sequence[Sequence[str]], *, has_headings: bool = True, questions: Iterable[Question] = ()) -> ListedCells:
    """The list's headings apart from its people; without any known heading the first line that holds something is taken for them."""
    lines = {number: [clean(cell) for cell in line] for number, line in enumerate(cells, start=1)}
    lines = {number: line for number, line in lines.items() if any(line)}
    if not lines or not has_headings:
        return ListedCells([""] * max(map(len, lines.values()), default=0), [], lines)
    first, asked = list(lines)[:_HEADING_WITHIN], by_heading(questions)
    at = next((number for number in first if sum(known_column(cell, asked=asked) != UNKNOWN for cell in lines[number] if cell) >= 2), first[0])
    width = max(map(len, lines.values()))
    headings = lines[at] + [""] * (width - len(lines[at]))
    above = [" ".join(filter(None, line)) for number, line in lines.items() if number < at]
    return ListedCells(headings, above, {number: line for number, line in lines.items() if number > at})


def headings_of(listed: ListedCells, *, remembered: Mapping[str, str], questions: Iterable[Question] = ()) -> list[Heading]:
    """Each column with what it holds: as it was said for this meeting before (by `heading_key`), or as its heading says."""
    asked = by_heading(questions)
    known = [remembered.get(heading_key(text)) or known_column(text, asked=asked) for text in listed.headings]
    return [Heading(text, column, _samples(listed, index)) for index, (text, column) in enumerate(zip(listed.headings, known, strict=True))]


def heading_key(text: str) -> str:
    """Under which a heading is remembered."""
    return fold(text)[:200]


def known_column(heading: str, *, asked: Mapping[str, Question] | None = None) -> str:
    """What a column with this heading holds, or UNKNOWN; `asked` are the meeting's own questions by heading, after what every meeting asks."""
    words = fold(heading.replace("_", " ")).rstrip(" :*")
    session = _SESSION.fullmatch(words)
    if session:
        return f"session_{int(session[1])}"
    if words.startswith(_WRITTEN_BY_EXPORTS):
        return ASIDE
    question = (asked or {}).get(plain(heading))
    return _OF_THE_DESK.get(words) or column_called(words) or (_column_of(question) if question else UNKNOWN)


def can_be_listed(question: Question) -> bool:
    """Whether a column can hold its answers: no list has files, and to what is asked no more nobody answers."""
    return question.is_asked and question.kind != QuestionKind.FILE


def _column_of(question: Question) -> str:
    return FIELD + question.code if can_be_listed(question) else ASIDE


def column_labels(sessions: Iterable[Session], *, questions: Iterable[Question] = ()) -> dict[str, str]:
    """What a column can hold, by its name, in the words and the order in which it is offered."""
    person = {name: str(each.label) for name, each in ParticipantForm.base_fields.items()}
    return {
        ASIDE: _("Leave this column aside"),
        TYPE: _("Type of delegation"),
        REPRESENTED: _("State or organization"),
        CODE: _("Code of the State"),
        FULL_NAME: _("Given and family names together"),
        **person,
        **{f"session_{session.number}": _("Session %(number)s: yes or no") % {"number": session.number} for session in sessions},
        **{FIELD + question.code: str(question) for question in questions if can_be_listed(question)},
        FOCAL_POINT: _("Focal point"),
        FOCAL_POINT_EMAIL: _("Focal point's e-mail"),
        REFERENCE: _("Reference of the registration"),
    }


def faults_of(columns: Sequence[str], *, labels: Mapping[str, str]) -> list[str]:
    """What keeps a list from being taken in with these columns, in sentences; a reference alone says who a row is about."""
    taken = [column for column in columns if column not in (ASIDE, UNKNOWN)]
    faults = [_TWICE % {"column": labels[column]} for column in dict.fromkeys(taken) if taken.count(column) > 1]
    if REFERENCE in taken:
        return [str(fault) for fault in faults]
    needed = (({"family_names", FULL_NAME}, _NO_NAMES), ({"email"}, _NO_EMAIL), ({REPRESENTED, CODE}, _NO_STATE))
    return [str(fault) for fault in faults + [fault for columns_needed, fault in needed if columns_needed.isdisjoint(taken)]]


def _samples(listed: ListedCells, index: int) -> tuple[str, ...]:
    filled = (line[index] for line in listed.lines.values() if len(line) > index and line[index])
    return tuple(dict.fromkeys(text for text, _place in zip(filled, range(_SAMPLES), strict=False)))
