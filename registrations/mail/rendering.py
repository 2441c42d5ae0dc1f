"""The mail that a message is, at the moment of sending."""

from collections.abc import Callable
from datetime import datetime

from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.utils.translation import override

from registrations.enums import MessageKind
from registrations.mail import calendar_file, chases, focal_point, incoming, invitations, notices, reminders, written_letter
from registrations.mail.adapted import adapted
from registrations.mail.envelope import envelope
from registrations.mail.letter import Letter
from registrations.models import OutboxMessage

_NOTICES: dict[MessageKind, Callable[[OutboxMessage], Letter | None]] = {
    MessageKind.RECEIVED: notices.received,
    MessageKind.WAITING: notices.waiting,
    MessageKind.DECLINED: notices.declined,
    MessageKind.RETURNED: notices.returned,
    MessageKind.ALREADY_REGISTERED: notices.already_registered,
    MessageKind.SUMMARY: notices.summary,
    MessageKind.DIGEST: focal_point.digest,
    MessageKind.DELEGATION_LINK: focal_point.delegation_link,
    MessageKind.HANDED_OVER: focal_point.handed_over,
    MessageKind.LINKS: focal_point.links,
    MessageKind.FORWARDED: incoming.forwarded,
    MessageKind.LETTER: written_letter.written_letter,
}


@transaction.atomic
def render(message: OutboxMessage, *, now: datetime) -> EmailMultiAlternatives | None:
    """The mail in its recipient's language, or None when what it would say is no longer true or needed.

    A calendar part is made, or made again with the same bytes, under the lock of its invitation and noted on the message.
    """
    with override(message.language):
        letter = _letter(message, now=now)
        if letter is None:
            return None
        _note_revisions(message, letter)
        return envelope(message, adapted(letter, message))


def _note_revisions(message: OutboxMessage, letter: Letter) -> None:
    if message.kind == MessageKind.CALENDAR_FILE:
        message.enclosed.set(letter.revisions)
    elif letter.revisions and letter.revisions[0].pk != message.revision_id:
        message.revision = letter.revisions[0]
        message.save(update_fields=["revision"])


def preview(message: OutboxMessage, *, now: datetime) -> EmailMultiAlternatives | None:
    """The same mail without leaving a trace in the database."""
    revision = message.revision
    with transaction.atomic():
        mail = render(message, now=now)
        transaction.set_rollback(True)
    message.revision = revision
    return mail


def _letter(message: OutboxMessage, *, now: datetime) -> Letter | None:
    if not message.recipient_email:  # erased
        return None
    kind = MessageKind(message.kind)
    if kind == MessageKind.INVITATION:
        return invitations.invitation(message, now=now)
    if kind == MessageKind.CANCELLATION:
        return invitations.cancellation(message, now=now)
    if kind == MessageKind.CALENDAR_FILE:
        return calendar_file.calendar_file(message, now=now)
    if kind == MessageKind.REMINDER:
        return reminders.reminder(message, now=now)
    if kind == MessageKind.WITHDRAW_QUESTION:
        return incoming.withdraw_question(message, now=now)
    if kind == MessageKind.CHASE:
        return chases.chase(message, now=now)
    return _NOTICES[kind](message)
