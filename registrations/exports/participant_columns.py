"""The columns that a list of participants may have, each under a name that never changes."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import get_language_info, override
from django.utils.translation import gettext as _

from registrations.enums import QuestionKind, Role, Source, Status
from registrations.models import Delegation, Meeting, Participant, Question, Session
from registrations.queries.answered_questions import choices_in_words
from registrations.rules.bilingual import wording_of
from registrations.rules.display_names import display_name
from registrations.rules.questions import FIELD, document_of

Cell = str | int | datetime


@dataclass(frozen=True)
class Column:
    """`name` is what saved choices and JSON call it, `header` what people read; `width` is in characters."""

    name: str
    header: str
    cell: Callable[[Participant], Cell]
    width: int = 20


def columns_for(meeting: Meeting | None, *, sessions: Collection[Session], questions: Collection[Question], language: str) -> Mapping[str, Column]:
    """Every column by its name, in the usual order and in the language; `meeting` is None for a list of several, which has no questions.

    The cells expect participants with their meeting and delegation and annotations `attends_<number>` and `was_at_<number>` for each session.
    """
    with override(language):
        attendance = _attendance(sessions, meeting=meeting, language=language)
        columns = [*_who(language), *attendance, *map(_answer, questions), *_registration(meeting)]
    return {column.name: column for column in columns}


def attendance_name(number: int) -> str:
    """The name of the column that says who attends the session."""
    return f"session_{number}"


def presence_name(number: int) -> str:
    """The name of the column that says who was at the session."""
    return f"present_{number}"


def _who(language: str) -> Iterator[Column]:
    roles, languages = {value: str(label) for value, label in Role.choices}, _language_names()
    yield Column("meeting", _("Meeting"), lambda p: p.meeting.slug)
    yield Column("type", _("Type of delegation"), lambda p: wording_of(p.delegation.type, "name", language=language).text, 28)
    yield Column("represented", _("State or organization"), lambda p: _name(p.delegation, language=language), 32)
    yield Column("code", _("Code"), lambda p: p.delegation.entity.code if p.delegation.entity else "", 8)
    yield Column("order", _("Order in the delegation"), lambda p: p.order, 8)
    yield Column("honorific", _("Courtesy title"), lambda p: p.honorific)
    yield Column("given_names", _("Given names"), lambda p: p.given_names)
    yield Column("family_names", _("Family names"), lambda p: p.family_names, 28)
    yield Column("role", _("Function in the delegation"), lambda p: roles[p.role])
    yield Column("position", _("Position"), lambda p: p.position, 36)
    yield Column("institution", _("Institution"), lambda p: p.institution, 36)
    yield Column("email", _("E-mail"), lambda p: p.email, 30)
    yield Column("phone", _("Telephone"), lambda p: p.phone)
    yield Column("language", _("Language of correspondence"), lambda p: languages[p.language])
    yield Column("display_name", _("Display name"), display_name, 44)


def _language_names() -> dict[str, str]:
    return {code: str(get_language_info(code)["name_translated"]) for code, _own_name in settings.LANGUAGES}


def _attendance(sessions: Collection[Session], *, meeting: Meeting | None, language: str) -> Iterator[Column]:
    """Who means to come and who was there, by number of session; its title is in the header where the table is of one meeting."""
    yes = _("yes")
    for number, session in {session.number: session for session in sessions}.items():
        header = _("Session %(number)s") % {"number": number}
        if meeting:
            header += f": {wording_of(session, 'title', language=language).text}"
            header += f" ({_('cancelled')})" if session.is_cancelled else ""
        yield Column(attendance_name(number), header, lambda p, name=f"attends_{number}": yes if getattr(p, name) else "", 12)  # type: ignore[misc]
    for number in dict.fromkeys(session.number for session in sessions):
        header = _("Present at session %(number)s") % {"number": number}
        yield Column(presence_name(number), header, lambda p, name=f"was_at_{number}": yes if getattr(p, name) else "", 12)  # type: ignore[misc]


def _answer(question: Question) -> Column:
    """In words, with those of a choice at hand: rows are written when the language may be another."""
    code, words = question.code, choices_in_words(question)
    if question.kind == QuestionKind.FILE:
        return Column(FIELD + code, str(question), lambda p: document_of(p.answers.get(code, ""))[1], 28)
    return Column(FIELD + code, str(question), lambda p: words.get(p.answers.get(code, ""), p.answers.get(code, "")), 28)


def _registration(meeting: Meeting | None) -> Iterator[Column]:
    statuses, sources = {value: str(label) for value, label in Status.choices}, {value: str(label) for value, label in Source.choices}
    zone = meeting.time_zone if meeting else "UTC"
    yield Column("accessibility_needs", _("Accessibility needs"), lambda p: p.accessibility_needs, 36)
    yield Column("status", _("Status"), lambda p: statuses[p.status])
    yield Column("reference", _("Reference"), lambda p: p.reference, 12)
    yield Column("focal_point_name", _("Focal point"), lambda p: p.delegation.focal_point_name, 28)
    yield Column("focal_point_email", _("Focal point's e-mail"), lambda p: p.delegation.focal_point_email, 30)
    yield Column("source", _("Came in by"), lambda p: sources[p.source])
    yield Column("created_at", _("Signed up (%(zone)s)") % {"zone": zone}, lambda p: p.created_at.astimezone(ZoneInfo(zone)))


def _name(delegation: Delegation, *, language: str) -> str:
    return wording_of(delegation.entity, "name", language=language).text if delegation.entity else delegation.organization_name
