from datetime import datetime

from registrations.details import Actor, Person
from registrations.enums import Action, MessageKind
from registrations.errors import NothingCorrected
from registrations.models import Participant
from registrations.operations.amend import refuse_if_changed_meanwhile, write_changes
from registrations.operations.answer_questions import with_answers_kept
from registrations.operations.choose_sessions import with_cancelled_sessions
from registrations.operations.locking import lock_participant
from registrations.operations.status import move
from registrations.operations.twins import refusing_twins
from registrations.outbox import enqueue, message_to
from registrations.queries.participants import field_label
from registrations.rules.changes import Changes, changes


def resubmit(participant: Participant, *, details: Person, actor: Actor, now: datetime, seen: Person | None = None) -> Participant:
    """Put a returned registration back into the queue with what was corrected; the difference is in its history.

    Open after registration has closed as well: the secretariat asked for it.
    `seen` is what the corrector had before their eyes. Raises TransitionNotAllowed, ChangedMeanwhile, NothingCorrected,
    UnknownSession, SessionCancelled, AnswerMissing, AnswerNotOffered, DocumentGone or AlreadyRegistered.
    """
    with refusing_twins(details.full_name):
        return _resubmit(lock_participant(participant), details=details, actor=actor, now=now, seen=seen)


def _resubmit(participant: Participant, *, details: Person, actor: Actor, now: datetime, seen: Person | None) -> Participant:
    entry = move(participant, Action.RESUBMIT, actor=actor, now=now)
    details = with_answers_kept(with_cancelled_sessions(details, of=participant), of=participant)
    changed = changes(refuse_if_changed_meanwhile(participant, seen=seen), details)
    _refuse_unless_corrected(participant, changed)
    if changed:
        write_changes(participant, details, changed=changed, event="amend", actor=actor, now=now)
    participant.correction, participant.to_review = {}, changed
    participant.save(update_fields=["correction", "to_review"])
    enqueue([message_to(participant, MessageKind.RECEIVED, key=f"{participant.pk}:{entry.pk}", now=now)])
    return participant


def _refuse_unless_corrected(participant: Participant, changed: Changes) -> None:
    asked = participant.correction.get("fields", [])
    if asked and not changed:
        raise NothingCorrected(fields=", ".join(field_label(field, meeting=participant.meeting) for field in asked))
