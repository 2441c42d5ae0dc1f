"""What became of a mail after it had left."""

from datetime import datetime

from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Coalesce

from registrations.details import SYSTEM
from registrations.enums import Arrival, Delivery
from registrations.models import DeliveryEvent, Meeting, OutboxMessage
from registrations.operations.locking import lock_meeting
from registrations.operations.status import record, record_of_delegation
from registrations.queries.mailboxes import delegations_on, people_on
from registrations.queries.owed import IN_DOUBT
from registrations.rules.arrivals import furthest, tells_of_a_wrong_address


@transaction.atomic
def record_arrival(message: OutboxMessage, *, arrival: Arrival, key: str, at: datetime, now: datetime) -> OutboxMessage:
    """Note what was heard of the message, once under `key`: the most final news stands, in whatever order they come.

    A mail that came back flags everybody on its mailbox, so that somebody corrects the address. One that was in doubt has left.
    """
    meeting = lock_meeting(message.meeting_id)
    _event, is_new = DeliveryEvent.objects.get_or_create(key=key, defaults={"message": message, "arrival": arrival, "at": at})
    if is_new:
        record_departure(message, at=at)
        message.refresh_from_db()
        message.arrival = furthest(message.arrival, arrival)
        message.save(update_fields=["arrival"])
        if message.mailbox and tells_of_a_wrong_address(arrival):
            _flag(meeting, mailbox=message.mailbox, now=now)
    return message


def record_departure(message: OutboxMessage, *, at: datetime) -> None:
    """Note that the message has left if that was in doubt; it is not repeated then."""
    doubtful = OutboxMessage.objects.filter(IN_DOUBT, pk=message.pk)
    sent_at = Coalesce("handed_over_at", Value(at))
    doubtful.update(status=Delivery.SENT, sent_at=sent_at, handed_over_at=None, claimed_until=None, outcome="")


def _flag(meeting: Meeting, *, mailbox: str, now: datetime) -> None:
    """Mark whoever is reached at the mailbox at the locked meeting; somebody marked already stays as they are."""
    for person in people_on(meeting, mailbox=mailbox):
        if person.bounced_at is None:
            person.bounced_at = now
            person.save(update_fields=["bounced_at"])
            record(person, event="bounce", actor=SYSTEM, now=now)
    for delegation in delegations_on(meeting, mailbox=mailbox):
        if delegation.focal_point_bounced_at is None:
            delegation.focal_point_bounced_at = now
            delegation.save(update_fields=["focal_point_bounced_at"])
            record_of_delegation(delegation, event="focal point bounce", actor=SYSTEM, now=now)
