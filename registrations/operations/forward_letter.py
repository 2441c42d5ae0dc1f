from datetime import datetime

from django.db import transaction
from django.utils.crypto import salted_hmac

from registrations.details import IncomingMail
from registrations.enums import IncomingKind
from registrations.errors import TooManyAttempts
from registrations.models import IncomingMessage
from registrations.operations.attempt import attempt
from registrations.operations.file_incoming import file_incoming
from registrations.outbox import enqueue, forwarded
from registrations.rules.names import mailbox_key
from registrations.rules.rate_limits import Door


@transaction.atomic
def file_and_forward(mail: IncomingMail, *, now: datetime) -> IncomingMessage | None:
    """As `file_incoming`, where nobody reads the mailbox itself: a letter is passed on to the secretariat of its meeting.

    Not one from the secretariat's own address, nor more than a few an hour of one author.
    """
    message = file_incoming(mail, now=now)
    if message and message.kind == IncomingKind.LETTER and message.meeting and _may_pass_on(mail, to=message.meeting.contact_email, now=now):
        enqueue([forwarded(message, meeting=message.meeting, now=now)])
    return message


def _may_pass_on(mail: IncomingMail, *, to: str, now: datetime) -> bool:
    if mail.sender in {"", mailbox_key(to)}:
        return False
    try:
        attempt(Door.LETTER, key=salted_hmac("registrations.operations.forward_letter", mail.sender).hexdigest(), now=now)
    except TooManyAttempts:
        return False
    return True
