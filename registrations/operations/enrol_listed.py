from datetime import datetime

from django.db import transaction

from registrations.details import Actor, SignUp
from registrations.enums import MessageKind
from registrations.models import Delegation, DelegationType, OutboxMessage
from registrations.operations.add_people import Added, add_people
from registrations.operations.join_delegation import join_delegation
from registrations.operations.locking import lock_meeting
from registrations.outbox import enqueue, message_of_delegation
from registrations.queries.mailboxes import focal_point_of
from registrations.rules.names import mailbox_key


@transaction.atomic
def enrol_listed(delegation_type: DelegationType, *, details: SignUp, actor: Actor, now: datetime) -> list[Added]:
    """Register those whom an organizer has on a list in their delegation, making it where it is not there yet; in the list's order.

    The focal point of a new delegation gets the link to its page unless they are on the list, whose mail has it.
    Raises RegistrationNotOpen, UnknownEntity, EntityNotEligible, UnknownSession, ListedTwice or SeatsMissing.
    """
    delegation_type.meeting = lock_meeting(delegation_type.meeting_id)
    delegation, last_place = join_delegation(delegation_type, details=details, now=now)
    added = add_people(delegation, people=details.people, actor=actor, now=now)
    is_on_list = delegation.focal_point_mailbox in {mailbox_key(person.email) for person in details.people}
    if not last_place and not is_on_list:
        enqueue([_link(delegation, now=now)])
    return added


def _link(delegation: Delegation, *, now: datetime) -> OutboxMessage:
    key = f"{delegation.pk}:{delegation.link_version}"
    return message_of_delegation(delegation, MessageKind.DELEGATION_LINK, recipient=focal_point_of(delegation), key=key, now=now)
