"""Mails that follow from a mail that came back. Each function gives the letter, or None when it is no longer true or needed."""

from datetime import datetime

from registrations.enums import Answer
from registrations.links import withdraw_url
from registrations.mail.invitations import when
from registrations.mail.letter import Letter
from registrations.mail.notices import common
from registrations.models import IncomingMessage, Invitation, OutboxMessage
from registrations.queries.answers import attending
from registrations.rules.replies import asks_to_withdraw


def withdraw_question(message: OutboxMessage, *, now: datetime) -> Letter | None:
    """To everybody on the mailbox who is confirmed for the session, as long as their calendar refuses it."""
    session = message.session
    invitation = Invitation.objects.filter(session=session, mailbox=message.mailbox).first()
    if session is None or invitation is None:
        return None
    people = attending(invitation)
    is_true = asks_to_withdraw(Answer(invitation.answer), ends_at=session.ends_at, is_cancelled=session.is_cancelled, now=now)
    if not people or not is_true:
        return None
    pages = [{"name": person.styled_name, "url": withdraw_url(person, session, language=message.language)} for person in people]
    return Letter("withdraw_question", {**common(message), **when(session, language=message.language), "people": pages})


def forwarded(message: OutboxMessage) -> Letter | None:
    """What somebody wrote to the address of our mails; the answer goes to its author."""
    letter = IncomingMessage.objects.filter(pk=message.facts["letter"]).exclude(sender="").first()
    if letter is None:
        return None
    context = {"sender": letter.sender, "written_subject": letter.subject, "written_text": letter.text}
    return Letter("forwarded", {**common(message), **context}, reply_to=letter.sender)
