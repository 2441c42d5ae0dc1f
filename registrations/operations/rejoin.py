from datetime import datetime

from registrations.details import Actor
from registrations.enums import Action, MessageKind, Status
from registrations.errors import RegistrationNotOpen
from registrations.models import HistoryEntry, Participant
from registrations.operations.calendar_entries import owe_invitations
from registrations.operations.locking import lock_participant
from registrations.operations.status import move
from registrations.operations.twins import refusing_twins
from registrations.outbox import enqueue, message_to
from registrations.queries.meetings import window_of
from registrations.queries.seating import is_full_for


def rejoin(participant: Participant, *, actor: Actor, now: datetime) -> Participant:
    """Take somebody who withdrew back in as if they signed up now: for review, confirmed, or on the waiting list.

    Raises RegistrationNotOpen, TransitionNotAllowed, or AlreadyRegistered when they have signed up anew meanwhile.
    """
    with refusing_twins(participant.full_name):
        return _rejoin(lock_participant(participant), actor=actor, now=now)


def _rejoin(participant: Participant, *, actor: Actor, now: datetime) -> Participant:
    if not window_of(participant.meeting, list(participant.meeting.sessions.all()), now=now).is_open:
        raise RegistrationNotOpen
    entry = move(participant, Action.REJOIN, actor=actor, now=now)
    participant.created_at = now
    participant.save(update_fields=["created_at"])
    if not participant.delegation.type.is_reviewed:
        entry = move(participant, Action.WAIT if is_full_for(participant) else Action.CONFIRM, actor=actor, now=now)
    _owe_mails(participant, entry=entry, now=now)
    return participant


def _owe_mails(participant: Participant, *, entry: HistoryEntry, now: datetime) -> None:
    if participant.status == Status.CONFIRMED:
        owe_invitations(participant, sessions=participant.sessions.all(), key=entry.pk, now=now)
    else:
        kind = MessageKind.RECEIVED if participant.status == Status.PENDING else MessageKind.WAITING
        enqueue([message_to(participant, kind, key=f"{participant.pk}:{entry.pk}", now=now)])
