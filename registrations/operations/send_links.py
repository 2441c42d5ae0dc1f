from datetime import datetime

from django.db import transaction
from django.utils.crypto import salted_hmac

from registrations.models import Meeting
from registrations.operations.attempt import attempt
from registrations.outbox import enqueue, links_of
from registrations.queries.mailboxes import known_at
from registrations.rules.names import mailbox_key
from registrations.rules.rate_limits import Door, occasion


@transaction.atomic
def send_links(meeting: Meeting, *, email: str, address_key: str, now: datetime) -> None:
    """Owe a mailbox that is known at the meeting one mail with all its links; whoever asks never learns whether it is.

    Asking again within ten minutes owes nothing more. Raises TooManyAttempts for one network address. Changes no registration
    and locks no meeting: a stranger who asks often must not keep others from signing up.
    """
    attempt(Door.LOST_LINK, key=address_key, now=now)
    mailbox = mailbox_key(email)
    recipient = known_at(meeting, mailbox=mailbox)
    if recipient:
        key = salted_hmac("registrations.operations.send_links", mailbox).hexdigest()
        enqueue([links_of(meeting, recipient=recipient, key=f"{meeting.pk}:{occasion(now)}:{key}", now=now)])
