"""One person in the place of another."""

from datetime import datetime

from registrations.details import Actor, Person
from registrations.enums import Action, Source, Status
from registrations.models import Participant
from registrations.operations.amend import chosen_sessions, refuse_if_too_late
from registrations.operations.answer_questions import claim_documents, refuse_answers
from registrations.operations.calendar_entries import owe_cancellations
from registrations.operations.choose_sessions import with_cancelled_sessions
from registrations.operations.enrolment import columns_of
from registrations.operations.locking import lock_participant
from registrations.operations.standing import owe_standing
from registrations.operations.status import move, record
from registrations.operations.twins import refusing_twins
from registrations.queries.participants import person_on_record
from registrations.rules.changes import REVIEWED_FIELDS, changes, outstanding


def substitute(participant: Participant, *, details: Person, actor: Actor, now: datetime) -> Participant:
    """Give a participant's place in the delegation, with the seat or the turn on the waiting list, to another person: the newcomer.

    The one who leaves counts as withdrawn and their calendar entries are cancelled. If the type is reviewed, what differs
    waits for an organizer's eye, as after `amend`; a confirmed place stays confirmed meanwhile. A cancelled session goes with the place.
    Raises TransitionNotAllowed, TooLateToChange, UnknownSession, SessionCancelled, AnswerMissing, AnswerNotOffered, DocumentGone or
    AlreadyRegistered.
    """
    with refusing_twins(details.full_name):
        return _substitute(lock_participant(participant), details=details, actor=actor, now=now)


def _substitute(former: Participant, *, details: Person, actor: Actor, now: datetime) -> Participant:
    status = Status(former.status)
    entry = move(former, Action.SUBSTITUTE, actor=actor, now=now)
    details = with_cancelled_sessions(details, of=former)
    differences = changes(person_on_record(former), details)
    refuse_if_too_late(former, differences, actor=actor, now=now)
    refuse_answers([details], delegation_type=former.delegation.type, actor=actor)
    sessions = chosen_sessions(former, details=details)
    arriving, source = (Status.PENDING if status == Status.RETURNED else status), (Source.DELEGATION_PAGE if actor.user_id is None else Source.DESK)
    newcomer = _newcomer(former, details=details, status=arriving, source=source, now=now)
    is_reviewed = former.delegation.type.is_reviewed and actor.user_id is None
    newcomer.to_review = outstanding(former.to_review, differences, fields=REVIEWED_FIELDS if is_reviewed else ())
    newcomer.save()
    newcomer.sessions.set(sessions)
    if newcomer.answers:
        claim_documents(newcomer, is_new=True)
    record(newcomer, event="take the place", actor=actor, now=now)
    if status == Status.CONFIRMED:
        left = former.sessions.all() if former.mailbox != newcomer.mailbox else former.sessions.exclude(pk__in=[session.pk for session in sessions])
        owe_cancellations(former, sessions=left, because="substituted", key=entry.pk, now=now)
    owe_standing(newcomer, key=entry.pk, now=now)
    return newcomer


def _newcomer(former: Participant, *, details: Person, status: Status, source: Source, now: datetime) -> Participant:
    return Participant(
        **columns_of(details),
        meeting=former.meeting,
        delegation=former.delegation,
        order=former.order,
        status=status,
        source=source,
        in_place_of=former,
        promoted_at=former.promoted_at,
        consented_at=now,
        created_at=former.created_at,
    )
