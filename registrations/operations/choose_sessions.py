"""Which sessions somebody may choose, whichever way they come in."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Any

from registrations.details import Person
from registrations.errors import SessionCancelled, UnknownSession
from registrations.models import Participant, Session


def refuse_sessions(numbers: Collection[int], *, sessions: Iterable[Session], had: Collection[int] = (), **facts: Any) -> None:
    """Raise UnknownSession unless there are numbers and all are of these sessions, SessionCancelled for one that is new to those they `had`."""
    known = {session.number: session for session in sessions}
    if not numbers or not known.keys() >= set(numbers):
        raise UnknownSession(**facts)
    cancelled = [known[number] for number in sorted(set(numbers) - set(had)) if known[number].is_cancelled]
    if cancelled:
        raise SessionCancelled(session=str(cancelled[0]), **facts)


def with_cancelled_sessions(details: Person, *, of: Participant) -> Person:
    """The details with the cancelled sessions that the participant had chosen.

    No form offers them any more; they stay chosen, so that nobody has to register anew for one that takes place after all.
    """
    cancelled = of.sessions.filter(is_cancelled=True).values_list("number", flat=True)
    return replace(details, sessions=details.sessions | set(cancelled))
