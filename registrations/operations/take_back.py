"""Mails that have not left yet, and what becomes of them when they are not wanted any more. Called with the meeting locked."""

from django.db.models import Q, QuerySet

from registrations.enums import Delivery, MessageKind
from registrations.models import OutboxMessage, Participant

_WAITING = Q(status__in=[Delivery.QUEUED, Delivery.SENDING], handed_over_at=None)


def take_back(messages: QuerySet[OutboxMessage]) -> int:
    """Those of the messages that have not left are not going to; how many. One that may have left stays in doubt and is not repeated."""
    in_doubt = messages.filter(_WAITING & Q(repeats__gt=0) | Q(status=Delivery.UNCERTAIN, repeats=0))
    in_doubt.update(status=Delivery.UNCERTAIN, claimed_until=None, repeats=1)
    return messages.filter(_WAITING, repeats=0).update(status=Delivery.SUPERSEDED, claimed_until=None)


def take_back_letters(participant: Participant) -> int:
    """The letters that have not left to the participant are not going to: nobody waits for one that is due in weeks."""
    return take_back(participant.outbox.filter(kind=MessageKind.LETTER))


def readdress_letters(participant: Participant) -> None:
    """The letters that have not left go to the participant's new mailbox."""
    waiting = participant.outbox.filter(_WAITING, kind=MessageKind.LETTER)
    waiting.update(recipient_email=participant.email, mailbox=participant.mailbox, recipient_name=participant.full_name)
