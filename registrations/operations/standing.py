"""Owe the mails that tell somebody where their registration stands."""

from datetime import datetime
from typing import Any

from registrations.enums import MessageKind, Status
from registrations.models import Participant
from registrations.operations.calendar_entries import owe_invitations
from registrations.operations.waiting_list import owe_waiting_notice
from registrations.outbox import enqueue, message_to

_NOTICES = {Status.PENDING: MessageKind.RECEIVED, Status.RETURNED: MessageKind.RETURNED, Status.DECLINED: MessageKind.DECLINED}


def owe_standing(participant: Participant, *, key: object, now: datetime, again: bool = False) -> None:
    """Owe the invitations of somebody confirmed, or the notice that belongs to their status; nothing tells of a withdrawal.

    `key` tells this occasion from others; invitations that the mailbox has already are sent only `again`.
    """
    match participant.status:
        case Status.CONFIRMED:
            owe_invitations(participant, sessions=participant.sessions.all(), key=key, now=now, again=again)
        case Status.WAITING:
            owe_waiting_notice(participant, key=key, now=now)
        case Status.PENDING | Status.RETURNED | Status.DECLINED as status:
            notice = message_to(participant, _NOTICES[Status(status)], key=f"{participant.pk}:{key}", now=now, **_facts(participant))
            enqueue([notice])


def _facts(participant: Participant) -> dict[str, Any]:
    """What the notice says besides: the correction asked for, or the reason for declining."""
    if participant.status == Status.DECLINED:
        declined = participant.history.filter(event="decline").last()
        return {"reason": declined.facts["reason"]} if declined else {}
    return dict(participant.correction)
