"""The participants as a table in the organizer's language."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import get_language_info, override
from django.utils.translation import gettext as _

from registrations.enums import Role, Source, Status
from registrations.models import Delegation, Meeting, Participant, Session
from registrations.queries.plain_letters import by_delegation
from registrations.rules.bilingual import wording_of

Cell = str | int | datetime
_BLOCK = 2000


@dataclass(frozen=True)
class Column:
    """`width` is in characters."""

    header: str
    cell: Callable[[Participant], Cell]
    width: int = 20


@dataclass(frozen=True)
class Table:
    """Headers and rows; the rows are read from the database while they are written. `meeting` is None for several."""

    columns: tuple[Column, ...]
    participants: QuerySet[Participant]
    meeting: Meeting | None

    def rows(self) -> Iterator[list[Cell]]:
        for participant in self.participants.iterator(chunk_size=_BLOCK):
            yield [column.cell(participant) for column in self.columns]


def participant_table(participants: QuerySet[Participant], *, language: str) -> Table:
    """All that is on record, delegation by delegation in the language's alphabet; three statements for any number of rows."""
    meetings = list(Meeting.objects.filter(pk__in=participants.order_by().values("meeting"))[:2])
    meeting = meetings[0] if len(meetings) == 1 else None
    sessions = list(Session.objects.filter(meeting__in=participants.order_by().values("meeting")).order_by("number"))
    attending = Participant.sessions.through.objects.filter(participant=OuterRef("pk"))
    attendance = {f"attends_{session.number}": Exists(attending.filter(session__number=session.number)) for session in sessions}
    rows = participants.prefetch_related(None).select_related("meeting", "delegation__entity", "delegation__type").annotate(**attendance)
    order = ("meeting", "delegation__type__order", by_delegation(language, path="delegation__"), "delegation", "order", "pk")
    with override(language):
        columns = (*_who(language), *_attendance(sessions, meeting=meeting, language=language), *_registration(meeting))
    return Table(columns, rows.order_by(*order), meeting)


def _who(language: str) -> Iterator[Column]:
    roles, languages = {value: str(label) for value, label in Role.choices}, _language_names()
    yield Column(_("Meeting"), lambda p: p.meeting.slug)
    yield Column(_("Type of delegation"), lambda p: wording_of(p.delegation.type, "name", language=language).text, 28)
    yield Column(_("State or organization"), lambda p: _name(p.delegation, language=language), 32)
    yield Column(_("Code"), lambda p: p.delegation.entity.code if p.delegation.entity else "", 8)
    yield Column(_("Order in the delegation"), lambda p: p.order, 8)
    yield Column(_("Courtesy title"), lambda p: p.honorific)
    yield Column(_("Given names"), lambda p: p.given_names)
    yield Column(_("Family names"), lambda p: p.family_names, 28)
    yield Column(_("Function in the delegation"), lambda p: roles[p.role])
    yield Column(_("Position"), lambda p: p.position, 36)
    yield Column(_("E-mail"), lambda p: p.email, 30)
    yield Column(_("Telephone"), lambda p: p.phone)
    yield Column(_("Language of correspondence"), lambda p: languages[p.language])


def _language_names() -> dict[str, str]:
    return {code: str(get_language_info(code)["name_translated"]) for code, _own_name in settings.LANGUAGES}


def _attendance(sessions: list[Session], *, meeting: Meeting | None, language: str) -> Iterator[Column]:
    """A column for each number of a session; its title is in the header where the table is of one meeting."""
    yes = _("yes")
    for number, session in {session.number: session for session in sessions}.items():
        header = _("Session %(number)s") % {"number": number}
        if meeting:
            header += f": {wording_of(session, 'title', language=language).text}"
            header += f" ({_('cancelled')})" if session.is_cancelled else ""
        yield Column(header, lambda p, name=f"attends_{number}": yes if getattr(p, name) else "", 12)  # type: ignore[misc]


def _registration(meeting: Meeting | None) -> Iterator[Column]:
    statuses, sources = {value: str(label) for value, label in Status.choices}, {value: str(label) for value, label in Source.choices}
    zone = meeting.time_zone if meeting else "UTC"
    yield Column(_("Accessibility needs"), lambda p: p.accessibility_needs, 36)
    yield Column(_("Status"), lambda p: statuses[p.status])
    yield Column(_("Reference"), lambda p: p.reference, 12)
    yield Column(_("Focal point"), lambda p: p.delegation.focal_point_name, 28)
    yield Column(_("Focal point's e-mail"), lambda p: p.delegation.focal_point_email, 30)
    yield Column(_("Came in by"), lambda p: sources[p.source])
    yield Column(_("Signed up (%(zone)s)") % {"zone": zone}, lambda p: p.created_at.astimezone(ZoneInfo(zone)))


def _name(delegation: Delegation, *, language: str) -> str:
    return wording_of(delegation.entity, "name", language=language).text if delegation.entity else delegation.organization_name
