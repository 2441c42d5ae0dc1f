"""Which sessions of a meeting count for what is said of the meeting as a whole."""

from collections.abc import Iterable

from registrations.models import Session


def that_date_the_meeting(sessions: Iterable[Session]) -> list[Session]:
    """Those that take place; all of them where every one is cancelled."""
    sessions = list(sessions)
    return [session for session in sessions if not session.is_cancelled] or sessions
