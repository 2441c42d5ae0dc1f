"""The participants as a table in the organizer's language."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from registrations.exports.participant_columns import Cell, Column, columns_for
from registrations.models import Meeting, Participant, Presence, Session
from registrations.queries.answered_questions import questions_told
from registrations.queries.plain_letters import by_delegation

_BLOCK = 500


@dataclass(frozen=True)
class Table:
    """Headers and rows; the rows are read from the database while they are written. `meeting` is None for several."""

    columns: tuple[Column, ...]
    participants: QuerySet[Participant]
    meeting: Meeting | None

    def rows(self) -> Iterator[list[Cell]]:
        for participant in self.participants.iterator(chunk_size=_BLOCK):
            yield [column.cell(participant) for column in self.columns]


def participant_table(participants: QuerySet[Participant], *, language: str, chosen: Sequence[str] = ()) -> Table:
    """Delegation by delegation in the language's alphabet, with the chosen columns in their order, or with all that is on record.

    Three statements for any number of rows, and those of `questions_told` where all are of one meeting. A chosen column that these participants
    cannot have is left out.
    """
    meeting = meeting_of(participants)
    sessions = list(Session.objects.filter(meeting__in=participants.order_by().values("meeting")).order_by("number"))
    questions = questions_told(meeting) if meeting else []
    offered = columns_for(meeting, sessions=sessions, questions=questions, language=language)
    columns = tuple(offered[name] for name in chosen if name in offered) or tuple(offered.values())
    return Table(columns, _in_order(participants, sessions=sessions, language=language), meeting)


def meeting_of(participants: QuerySet[Participant]) -> Meeting | None:
    """The meeting of all of them, or None where they are of several, or nobody."""
    meetings = list(Meeting.objects.filter(pk__in=participants.order_by().values("meeting"))[:2])
    return meetings[0] if len(meetings) == 1 else None


def _in_order(participants: QuerySet[Participant], *, sessions: Sequence[Session], language: str) -> QuerySet[Participant]:
    attending = Participant.sessions.through.objects.filter(participant=OuterRef("pk"))
    presences = Presence.objects.filter(participant=OuterRef("pk"))
    presence = {f"was_at_{session.number}": Exists(presences.filter(session__number=session.number)) for session in sessions}
    attendance = {f"attends_{session.number}": Exists(attending.filter(session__number=session.number)) for session in sessions}
    rows = participants.prefetch_related(None).select_related("meeting", "delegation__entity", "delegation__type").annotate(**attendance, **presence)
    return rows.order_by("meeting", "delegation__type__order", by_delegation(language, path="delegation__"), "delegation", "order", "pk")
