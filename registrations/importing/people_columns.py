"""What the columns of a list of people hold: known by their headings in English or Spanish, or mapped by hand."""

import re
from collections.abc import Mapping, Sequence
from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registrations.forms.participant import ParticipantForm
from registrations.importing.list_columns import ASIDE, CODE, DELEGATION_HEADINGS, REPRESENTED, TYPE, UNKNOWN, Known, plain_heading, said_twice
from registrations.importing.people_words import FULL_NAME, by_word, column_called
from registrations.importing.question_words import by_heading, can_be_listed, plain_words
from registrations.models import Meeting, Question
from registrations.queries.column_words import column_words
from registrations.queries.questions import questions_of
from registrations.rules.questions import FIELD

REFERENCE, FOCAL_POINT, FOCAL_POINT_EMAIL = "reference", "focal_point", "focal_point_email"
_NO_NAMES = gettext_lazy("Say which column holds the family names, or the given and family names together.")
_NO_EMAIL = gettext_lazy("Say which column holds the e-mail addresses.")
_NO_STATE = gettext_lazy("Say which column holds the State or organization, or its code.")
_SESSION = re.compile(r"(?:session|sesion) (\d{1,3})\b.*")
_WRITTEN_BY_EXPORTS = ("signed up (", "present at session ", "fecha de inscripcion (", "asistio a la sesion ")

_OF_THE_DESK = by_word(
    {
        **DELEGATION_HEADINGS,
        REFERENCE: "reference;registration reference;referencia",
        FOCAL_POINT: "focal point;focal point name;name of the focal point;punto focal;nombre del punto focal",
        FOCAL_POINT_EMAIL: "focal points e-mail;focal point e-mail;focal point email;e-mail of the focal point;correo electronico del punto focal;"
        "correo del punto focal",
        ASIDE: "meeting;order in the delegation;order;display name;status;came in by;no;n;#;number;"
        "reunion;orden en la delegacion;orden;nombre en pantalla;situacion;via de inscripcion;numero;num",
    }
)


def known_in(meeting: Meeting) -> Known:
    """What headings stand for in the meeting's lists, its own questions among them."""
    return partial(known_column, asked=by_heading(questions_of(meeting)))


def known_column(heading: str, *, asked: Mapping[str, Question] | None = None) -> str:
    """What a column with this heading holds, or UNKNOWN; `asked` are the meeting's own questions by heading, after what every meeting asks."""
    plain = plain_heading(heading)
    session = _SESSION.fullmatch(plain)
    if session:
        return f"session_{int(session[1])}"
    if plain.startswith(_WRITTEN_BY_EXPORTS):
        return ASIDE
    question = (asked or {}).get(plain_words(heading))
    return _OF_THE_DESK.get(plain) or column_called(plain) or (_column_of(question) if question else UNKNOWN)


def _column_of(question: Question) -> str:
    return FIELD + question.code if can_be_listed(question) else ASIDE


def column_labels(meeting: Meeting) -> dict[str, str]:
    """What a column can hold, by its name, in the words and the order in which it is offered; one statement beside the questions."""
    person = {name: str(each.label) for name, each in ParticipantForm.base_fields.items()}
    numbers = meeting.sessions.order_by("number").values_list("number", flat=True)
    return {
        **{name: column_words(name) for name in (ASIDE, TYPE, REPRESENTED, CODE, FULL_NAME)},
        **person,
        **{f"session_{number}": _("Session %(number)s: yes or no") % {"number": number} for number in numbers},
        **{FIELD + question.code: str(question) for question in questions_of(meeting) if can_be_listed(question)},
        **{name: column_words(name) for name in (FOCAL_POINT, FOCAL_POINT_EMAIL, REFERENCE)},
    }


def faults_of(columns: Sequence[str], *, labels: Mapping[str, str]) -> list[str]:
    """What keeps a list from being taken in with these columns, in sentences; a reference alone says who a row is about."""
    faults = said_twice(columns, labels=labels)
    if REFERENCE in columns:
        return faults
    needed = (({"family_names", FULL_NAME}, _NO_NAMES), ({"email"}, _NO_EMAIL), ({REPRESENTED, CODE}, _NO_STATE))
    return faults + [str(fault) for columns_needed, fault in needed if columns_needed.isdisjoint(columns)]
