"""The reminder of a session. It has no calendar part, so its message names the session among its facts."""

from datetime import datetime

from registrations.enums import Status
from registrations.links import join_url
from registrations.mail.invitations import when
from registrations.mail.letter import Letter
from registrations.mail.notices import common, page_of
from registrations.models import OutboxMessage, Participant, Session
from registrations.queries.reminders import offsets_of
from registrations.rules.display_names import display_name
from registrations.rules.durations import duration_text, roughly
from registrations.rules.joining import Joining, joining_of, may_see_the_room
from registrations.rules.reminders import is_timely


def reminder(message: OutboxMessage, *, now: datetime) -> Letter | None:
    """To somebody still confirmed for the session, while the reminder is timely. The link to join is in it if it is open by then."""
    person, session = message.participant, _session(message)
    if person is None or session is None or not _is_right(message, person, session, now=now):
        return None
    language, has_room = message.language, may_see_the_room(Status(person.status), join_url=message.meeting.join_url)
    is_open = has_room and joining_of(session, now=now) == Joining.OPEN
    context = {
        **common(message),
        **when(session, language=language),
        "people": [page_of(person, language=language)],
        "time_left": duration_text(roughly(session.starts_at - now), language=language),
        "join_url": join_url(person, session, language=language) if is_open else "",
        "has_room": has_room,
        "display_name": display_name(person),
    }
    return Letter("reminder", context)


def _session(message: OutboxMessage) -> Session | None:
    """The session, if the person still attends it."""
    sessions = message.meeting.sessions.filter(pk=message.facts["of_session"], participants=message.participant_id, is_cancelled=False)
    return sessions.select_related("meeting").first()


def _is_right(message: OutboxMessage, person: Participant, session: Session, *, now: datetime) -> bool:
    is_theirs = person.status == Status.CONFIRMED and not person.erasure_approved_at and person.mailbox == message.mailbox
    minutes = message.facts["minutes"]
    return is_theirs and session.meeting.is_published and is_timely(session.starts_at, minutes=minutes, offsets=offsets_of(session), now=now)
