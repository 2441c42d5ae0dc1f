from datetime import datetime

from registrations.details import Actor, Person
from registrations.enums import Action, MessageKind
from registrations.models import Participant
from registrations.operations.amend import write_changes
from registrations.operations.locking import lock_participant
from registrations.operations.status import move
from registrations.operations.twins import refusing_twins
from registrations.outbox import enqueue, message_to
from registrations.queries.participants import person_on_record
from registrations.rules.changes import changes


def resubmit(participant: Participant, *, details: Person, actor: Actor, now: datetime) -> Participant:
    """Put a returned registration back into the queue with what was corrected; the difference is in its history.

    Open after registration has closed as well: the secretariat asked for it.
    Raises TransitionNotAllowed, UnknownSession or AlreadyRegistered.
    """
    with refusing_twins(details.full_name):
        return _resubmit(lock_participant(participant), details=details, actor=actor, now=now)


def _resubmit(participant: Participant, *, details: Person, actor: Actor, now: datetime) -> Participant:
    entry = move(participant, Action.RESUBMIT, actor=actor, now=now)
    changed = changes(person_on_record(participant), details)
    if changed:
        write_changes(participant, details, changed=changed, event="amend", actor=actor, now=now)
    participant.correction, participant.to_review = {}, changed
    participant.save(update_fields=["correction", "to_review"])
    enqueue([message_to(participant, MessageKind.RECEIVED, key=f"{participant.pk}:{entry.pk}", now=now)])
    return participant
