"""Participants with what their pages and mails show."""

from registrations.models import Participant, Session


def participant_with_meeting(pk: int) -> Participant | None:
    """The participant with meeting and delegation in one statement."""
    related = Participant.objects.select_related("meeting", "delegation__entity", "delegation__type")
    return related.filter(pk=pk).first()


def sessions_attended(participant: Participant) -> list[Session]:
    """The sessions that the participant attends, in order of time, each with its meeting."""
    sessions = list(participant.sessions.all())
    for session in sessions:
        session.meeting = participant.meeting
    return sessions
