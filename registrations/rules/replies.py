"""What a mail that came back is, and what may follow from it (RFC 5546 2.1.5, 3.2.3; RFC 6047 3)."""

from dataclasses import dataclass
from datetime import datetime

from registrations.details import CalendarReply, IncomingMail
from registrations.enums import Answer, IncomingKind

REPLY = "REPLY"
_OUR_OWN = frozenset({"REQUEST", "PUBLISH"})
_TO_BE_READ = frozenset({IncomingKind.UNVERIFIED, IncomingKind.REQUEST, IncomingKind.UNREADABLE, IncomingKind.LETTER})


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Whom an entry went to, its last SEQUENCE, and the DTSTAMP of the answer that is known already."""

    mailbox: str
    sequence: int
    answered_dtstamp: datetime | None


def kind_of(mail: IncomingMail, *, asked: Asked | None) -> IncomingKind | None:
    """What the mail is. None for what is not kept: an answer to no entry of ours, or one not later than the answer that is known.

    `asked` is the entry with the reply's UID. Only an ANSWER has consequences.
    """
    reply = mail.reply
    if reply is None or mail.nature in {IncomingKind.BOUNCE, IncomingKind.UNREADABLE}:
        return mail.nature
    if reply.method != REPLY:
        is_quoted = asked is not None and reply.method in _OUR_OWN
        return mail.nature if is_quoted else IncomingKind.REQUEST
    if asked is None:
        return None
    if reply.answer is None or reply.dtstamp is None:
        return IncomingKind.REQUEST
    return _kind_of_answer(mail, reply, asked=asked, dtstamp=reply.dtstamp)


def needs_reading(kind: IncomingKind, *, text: str) -> bool:
    """Whether somebody at the desk should look at it: also at what was written beside an answer."""
    return kind in _TO_BE_READ or (kind == IncomingKind.ANSWER and bool(text))


def asks_to_withdraw(answer: Answer, *, ends_at: datetime, is_cancelled: bool, now: datetime) -> bool:
    """Whether the answer is followed by the question whether its author withdraws: a refusal of a session that is yet to take place."""
    return answer == Answer.DECLINED and not is_cancelled and now < ends_at


def _kind_of_answer(mail: IncomingMail, reply: CalendarReply, *, asked: Asked, dtstamp: datetime) -> IncomingKind | None:
    if mail.is_disowned or not mail.sender == reply.attendee == asked.mailbox:
        return IncomingKind.UNVERIFIED
    if reply.sequence < asked.sequence:
        return IncomingKind.STALE
    if asked.answered_dtstamp and dtstamp <= asked.answered_dtstamp:
        return None
    return IncomingKind.ANSWER
