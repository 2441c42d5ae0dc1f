"""When a session takes place, as its meeting's readers write it."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import override, pgettext

from registrations.models import Session
from registrations.rules.clock_faces import ClockFace, ClockLabel, clock_faces


def session_faces(session: Session, *, language: str) -> list[ClockFace]:
    """The session's hours on all clocks of its meeting; on the meeting's own time zone where it has no clocks."""
    clocks = [ClockLabel.of(clock) for clock in session.meeting.clocks.all()] or [_own_clock(session.meeting.time_zone)]
    return clock_faces(clocks, session.starts_at, session.ends_at, language=language)


def short_date(day: date, *, language: str) -> str:
    """E.g. "10 February", "10 de febrero"."""
    with override(language):
        return date_format(day, pgettext("date format", "j F"))


def _own_clock(time_zone: str) -> ClockLabel:
    city = time_zone.rpartition("/")[2].replace("_", " ")
    return ClockLabel(city, city, (time_zone,))
