"""Mail that came back is filed, and an answer taken over. No mail ever creates, changes or withdraws a registration."""

import logging
from datetime import datetime
from typing import Any

from django.db import transaction

from registrations.details import CALENDAR, CalendarReply, IncomingMail
from registrations.enums import Answer, IncomingKind, MessageKind
from registrations.models import IncomingMessage, Invitation, OutboxMessage
from registrations.operations.locking import lock_meeting
from registrations.operations.status import record
from registrations.outbox import enqueue, message_to
from registrations.queries.answers import attending
from registrations.queries.incoming import invitation_with, meeting_of
from registrations.rules.replies import REPLY, Asked, asks_to_withdraw, kind_of, needs_reading

logger = logging.getLogger(__name__)


@transaction.atomic
def file_incoming(mail: IncomingMail, *, now: datetime) -> IncomingMessage | None:
    """File the mail once; None where it was filed before or is not kept.

    An answer to an invitation sets what the invitation was answered. If it is a refusal, the confirmed on the mailbox are asked,
    once for a session, whether they withdraw; nothing else follows from any mail.
    """
    invitation = _locked_invitation(mail.reply)
    kind = kind_of(mail, asked=_asked(invitation))
    if kind is None:
        logger.info("incoming: an answer that is older than the last, or to no invitation that is known, was not kept")
        return None
    columns: dict[str, Any] = {} if kind == IncomingKind.BOUNCE else _columns(mail, kind, invitation)
    handled_at = None if needs_reading(kind, text=columns.get("text", "")) else now
    defaults = {"kind": kind, "received_at": now, "handled_at": handled_at, **columns}
    message, is_new = IncomingMessage.objects.get_or_create(digest=mail.digest, defaults=defaults)
    if not is_new:
        return None
    if kind == IncomingKind.ANSWER and invitation and mail.reply:
        _take(mail.reply, invitation=invitation, now=now)
    return message


def _locked_invitation(reply: CalendarReply | None) -> Invitation | None:
    """The entry with the reply's UID as it is once its meeting and its own row are locked."""
    found = invitation_with(reply.uid) if reply and reply.uid else None
    if found is None:
        return None
    lock_meeting(found.session.meeting_id)
    return Invitation.objects.select_for_update(of=("self",)).select_related("session").get(pk=found.pk)


def _asked(invitation: Invitation | None) -> Asked | None:
    if invitation is None:
        return None
    last = invitation.revisions.order_by("sequence").last()
    return Asked(mailbox=invitation.mailbox, sequence=last.sequence if last else 0, answered_dtstamp=invitation.answered_dtstamp)


def _columns(mail: IncomingMail, kind: IncomingKind, invitation: Invitation | None) -> dict[str, Any]:
    reply, is_answer = mail.reply, kind in {IncomingKind.ANSWER, IncomingKind.STALE}
    meeting = None if invitation else meeting_of(sender=mail.sender, answered=mail.answered)
    text = (reply.comment if reply else "") or ("" if is_answer else mail.text)
    columns: dict[str, Any] = {"sender": mail.sender, "subject": mail.subject, "text": text, "invitation": invitation}
    columns |= {"meeting_id": invitation.session.meeting_id if invitation else meeting and meeting.pk}
    if reply and reply.method == REPLY:
        columns |= {"answer": reply.answer or "", "sequence": reply.sequence, "dtstamp": reply.dtstamp}
    return columns


def _take(reply: CalendarReply, *, invitation: Invitation, now: datetime) -> None:
    """Write the answer down. A clock that is fast must not make a later answer look old."""
    answer, session = reply.answer or Answer.NEEDS_ACTION, invitation.session
    invitation.answer, invitation.answered_sequence = answer, reply.sequence
    invitation.answered_dtstamp = min(reply.dtstamp or now, now)
    invitation.save(update_fields=["answer", "answered_sequence", "answered_dtstamp"])
    people = attending(invitation)
    for person in people:
        record(person, event="answer", actor=CALENDAR, now=now, session=session.number, answer=answer.value)
    is_question_due = asks_to_withdraw(answer, ends_at=session.ends_at, is_cancelled=session.is_cancelled, now=now)
    if people and is_question_due and not _was_asked(invitation):
        key = f"{people[0].pk}:{session.pk}"
        enqueue([message_to(people[0], MessageKind.WITHDRAW_QUESTION, session=session, key=key, now=now)])


def _was_asked(invitation: Invitation) -> bool:
    asked = OutboxMessage.objects.filter(kind=MessageKind.WITHDRAW_QUESTION, session=invitation.session_id, mailbox=invitation.mailbox)
    return asked.exists()
