from datetime import datetime

from django.db import transaction

from registrations.details import Actor
from registrations.enums import MessageKind, Status
from registrations.errors import NothingToSend
from registrations.models import HistoryEntry, Participant
from registrations.operations.calendar_entries import owe_invitations
from registrations.operations.locking import lock_participant
from registrations.operations.status import record
from registrations.operations.waiting_list import owe_waiting_notice
from registrations.outbox import enqueue, message_to

_NOTICES = {Status.PENDING: MessageKind.RECEIVED, Status.DECLINED: MessageKind.DECLINED}


@transaction.atomic
def resend(participant: Participant, *, actor: Actor, now: datetime) -> Participant:
    """Owe once more the mails that tell where the registration stands. Raises NothingToSend for one that was withdrawn.

    An invitation goes out with the bytes of its last revision, so a calendar that has it already stays as it is.
    """
    participant = lock_participant(participant)
    if participant.status not in {Status.CONFIRMED, Status.WAITING, *_NOTICES}:
        raise NothingToSend(name=participant.full_name)
    entry = record(participant, event="resend", actor=actor, now=now)
    if participant.status == Status.CONFIRMED:
        owe_invitations(participant, sessions=participant.sessions.all(), key=entry.pk, now=now)
    elif participant.status == Status.WAITING:
        owe_waiting_notice(participant, key=entry.pk, now=now)
    else:
        _owe_notice(participant, entry=entry, now=now)
    return participant


def _owe_notice(participant: Participant, *, entry: HistoryEntry, now: datetime) -> None:
    kind = _NOTICES[Status(participant.status)]
    declined = participant.history.filter(event="decline").last() if kind == MessageKind.DECLINED else None
    facts = {"reason": declined.facts["reason"]} if declined else {}
    enqueue([message_to(participant, kind, key=f"{participant.pk}:{entry.pk}", now=now, **facts)])
