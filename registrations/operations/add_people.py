from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from registrations.details import Actor, Person
from registrations.enums import Source
from registrations.models import Delegation, Participant
from registrations.operations.enrolment import key_of, letters, lines_of, refuse_what_cannot_be, refuse_without_seats, registered_already, save
from registrations.operations.locking import lock_meeting_with_sessions
from registrations.outbox import digest_of, enqueue
from registrations.queries.seating import seating_of


@dataclass(frozen=True)
class Added:
    """What became of one person: newly registered, or in the delegation already and left untouched."""

    participant: Participant
    is_new: bool


@transaction.atomic
def add_people(delegation: Delegation, *, people: Sequence[Person], actor: Actor, now: datetime) -> list[Added]:
    """Register people in a delegation that is there, after those it has, and owe their mails; say what became of each, in order.

    Raises RegistrationNotOpen, UnknownSession, SessionCancelled, AnswerMissing, AnswerNotOffered, DocumentGone,
    ListedTwice or SeatsMissing.
    """
    sessions = lock_meeting_with_sessions(delegation.type.meeting_id)
    refuse_what_cannot_be(people, delegation_type=delegation.type, sessions=sessions, actor=actor, now=now)
    delegation.type.meeting = sessions[0].meeting
    seating = seating_of(delegation.type.meeting, types=[delegation.type])
    twins = registered_already(delegation, people=people)
    refuse_without_seats(sum(key_of(person) not in twins for person in people), delegation=delegation, seating=seating)
    place = delegation.participants.aggregate(last=Max("order"))["last"] or 0
    source = Source.DELEGATION_PAGE if actor.user_id is None else Source.DESK
    lines = lines_of(people, delegation=delegation, twins=twins, place=place, seating=seating, source=source, now=now)
    entries = save(lines, sessions=sessions, actor=actor, now=now)
    digest = digest_of(entries, delegation=delegation, meeting_id=delegation.type.meeting_id, now=now)
    enqueue([*letters(lines, key="added", sessions=sessions, now=now), *digest])
    return [Added(line.participant, line.is_new) for line in lines]
