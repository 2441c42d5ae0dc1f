"""A meeting's clocks, and what they show."""

from registrations.models import Meeting, Session
from registrations.rules.clock_faces import ClockFace, ClockLabel, clock_faces


def clocks_of(meeting: Meeting) -> list[ClockLabel]:
    """The meeting's clocks; where it has none, that of its own time zone under the name of the city."""
    clocks = [ClockLabel.of(clock) for clock in meeting.clocks.all()]
    city = meeting.time_zone.rpartition("/")[2].replace("_", " ")
    return clocks or [ClockLabel(city, city, (meeting.time_zone,))]


def session_faces(session: Session, *, language: str) -> list[ClockFace]:
    """The session's hours on all clocks of its meeting."""
    return clock_faces(clocks_of(session.meeting), session.starts_at, session.ends_at, language=language)
