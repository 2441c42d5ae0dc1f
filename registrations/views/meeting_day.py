"""What a participant's page shows of the session that comes next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from registrations.enums import Status
from registrations.models import Participant, Session
from registrations.rules.clock_faces import ClockFace, ClockLabel, clock_faces
from registrations.rules.dates import weekday_text
from registrations.rules.display_names import display_name
from registrations.rules.durations import duration_text, minutes_begun
from registrations.rules.joining import Joining, joining_of, may_see_the_room, opens_at


@dataclass(frozen=True)
class NextSession:
    """`time_left` is "" once it has begun, and `time_since` in its first minute. `opening` is set while one cannot join yet.

    At `changes_at` the page has something else to say, and the script of the page asks for it again.
    """

    session: Session
    day: str
    faces: list[ClockFace]
    joining: Joining
    has_room: bool
    display_name: str
    opening: list[ClockFace]
    opening_day: str
    time_left: str
    time_since: str
    now: datetime
    changes_at: datetime


def next_session(person: Participant, sessions: Iterable[Session], *, clocks: list[ClockLabel], language: str, now: datetime) -> NextSession | None:
    """The first session of somebody confirmed that is neither over nor cancelled; their sessions are given in order of time."""
    is_shown = person.status == Status.CONFIRMED
    session = next((each for each in sessions if is_shown and joining_of(each, now=now) in {Joining.TOO_EARLY, Joining.OPEN}), None)
    if session is None:
        return None
    has_room = may_see_the_room(Status(person.status), join_url=person.meeting.join_url)
    joining, left = joining_of(session, now=now), session.starts_at - now
    is_waited_for = has_room and joining == Joining.TOO_EARLY
    faces = clock_faces(clocks, session.starts_at, session.ends_at, language=language)
    opening = clock_faces(clocks, opens_at(session), opens_at(session), language=language) if is_waited_for else []
    other_day = opening and opening[0].start.date() != faces[0].start.date()
    return NextSession(
        session=session,
        day=weekday_text(faces[0].start, language=language),
        faces=faces,
        joining=joining,
        has_room=has_room,
        display_name=display_name(person),
        opening=opening,
        opening_day=weekday_text(opening[0].start, language=language) if other_day else "",
        time_left=duration_text(minutes_begun(left), language=language) if left > timedelta() else "",
        time_since=duration_text(-left, language=language) if left <= timedelta() else "",
        now=now,
        changes_at=opens_at(session) if is_waited_for else session.ends_at,
    )
