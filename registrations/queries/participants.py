"""Participants with what their pages and mails show."""

from typing import Any, cast

from django.db.models import Field, QuerySet

from registrations.details import Person
from registrations.enums import Role, Status
from registrations.models import Meeting, Participant, Session
from registrations.queries.questions import question_called
from registrations.rules.questions import FIELD


def participant_with_meeting(pk: int) -> Participant | None:
    """The participant with meeting and delegation in one statement."""
    related = Participant.objects.select_related("meeting", "delegation__entity", "delegation__type")
    return related.filter(pk=pk).first()


def with_changes_to_review(participants: QuerySet[Participant], *, status: Status) -> QuerySet[Participant]:
    """Those in the status who changed something that no organizer has looked at yet."""
    return participants.filter(status=status).exclude(to_review={})


def field_label(name: str, *, meeting: Meeting | None) -> str:
    """What the field is called, in the active language; reads the meeting's own questions where the field is one of them.

    Raises FieldDoesNotExist for what is neither a field nor a question.
    """
    if name.startswith(FIELD):
        return str((meeting and question_called(name, meeting=meeting)) or name.removeprefix(FIELD))
    return str(cast("Field[Any, Any]", Participant._meta.get_field(name)).verbose_name)


def person_on_record(participant: Participant) -> Person:
    """The participant's data as one record, in one statement for the sessions unless they are at hand."""
    return Person(
        honorific=participant.honorific,
        given_names=participant.given_names,
        family_names=participant.family_names,
        role=Role(participant.role),
        position=participant.position,
        institution=participant.institution,
        email=participant.email,
        phone=participant.phone,
        language=participant.language,
        sessions=frozenset(session.number for session in participant.sessions.all()),
        accessibility_needs=participant.accessibility_needs,
        answers=participant.answers,
    )


def sessions_attended(participant: Participant) -> list[Session]:
    """The sessions that the participant attends, in order of time, each with its meeting."""
    sessions = list(participant.sessions.all())
    for session in sessions:
        session.meeting = participant.meeting
    return sessions
