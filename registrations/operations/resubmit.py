from datetime import datetime

from registrations.details import Actor, Person
from registrations.enums import Action, MessageKind
from registrations.models import Participant
from registrations.operations.amend import refuse_if_changed_meanwhile, write_changes
from registrations.operations.locking import lock_participant
from registrations.operations.status import move
from registrations.operations.twins import refusing_twins
from registrations.outbox import enqueue, message_to
from registrations.rules.changes import changes


def resubmit(participant: Participant, *, details: Person, actor: Actor, now: datetime, seen: Person | None = None) -> Participant:
    """Put a returned registration back into the queue with what was corrected; the difference is in its history.

    Open after registration has closed as well: the secretariat asked for it.
    `seen` is what the corrector had before their eyes. Raises TransitionNotAllowed, ChangedMeanwhile, UnknownSession or AlreadyRegistered.
    """
    with refusing_twins(details.full_name):
        return _resubmit(lock_participant(participant), details=details, actor=actor, now=now, seen=seen)


def _resubmit(participant: Participant, *, details: Person, actor: Actor, now: datetime, seen: Person | None) -> Participant:
    entry = move(participant, Action.RESUBMIT, actor=actor, now=now)
    changed = changes(refuse_if_changed_meanwhile(participant, seen=seen), details)
    if changed:
        write_changes(participant, details, changed=changed, event="amend", actor=actor, now=now)
    participant.correction, participant.to_review = {}, changed
    participant.save(update_fields=["correction", "to_review"])
    enqueue([message_to(participant, MessageKind.RECEIVED, key=f"{participant.pk}:{entry.pk}", now=now)])
    return participant
