"""What a failed delivery means: who is at fault, when to try again, when to give up (RFC 5321 4.2.1, 4.5.4.1)."""

import re
from datetime import timedelta
from enum import Enum

from registrations.enums import Delivery

_FIRST_DELAY = timedelta(minutes=1)
_LONGEST_DELAY = timedelta(hours=4)
_PATIENCE = timedelta(days=3)
IN_DOUBT_FOR = timedelta(minutes=15)
"""How long news of a mail that may have left are waited for before it is repeated."""
_SERVICE_CLOSING = 421
_AUTHENTICATION = {530, 534, 535, 538}
_ADDRESS = re.compile(r"[^\s<>()\[\]\"',;:]+@[^\s<>()\[\]\"',;:]+")
_WORD = re.compile(r"\w{3,}")
_LONGEST_OUTCOME = 500


class Stage(Enum):
    """How far the talk with the mail server had come."""

    CONNECTION = "connection"
    SENDER = "sender"
    RECIPIENT = "recipient"
    DATA = "data"


class Fault(Enum):
    """OURS: the way out is blocked, every mail waits. LATER: this mail waits. FOR_GOOD: it will never be accepted.

    UNKNOWN: the server may have accepted it, nobody heard.
    """

    OURS = "ours"
    LATER = "later"
    FOR_GOOD = "for good"
    UNKNOWN = "unknown"


def fault_of(code: int, *, stage: Stage) -> Fault:
    """Whose fault an answer of the mail server is."""
    if stage in {Stage.CONNECTION, Stage.SENDER} or code == _SERVICE_CLOSING or code in _AUTHENTICATION:
        return Fault.OURS
    return Fault.FOR_GOOD if 500 <= code < 600 else Fault.LATER


def is_given_up(status: Delivery, *, repeats: int) -> bool:
    """Whether nothing more happens to a mail unless an organizer sends it again."""
    return status == Delivery.FAILED or (status == Delivery.UNCERTAIN and repeats > 0)


def delay(attempts: int, *, jitter: float) -> timedelta:
    """How long to wait after so many attempts: one minute, doubled up to four hours; `jitter` from 0 to 1 adds up to a quarter."""
    base = min(_FIRST_DELAY * (1 << min(attempts - 1, 16)), _LONGEST_DELAY)
    return base * (1 + jitter / 4)


def is_hopeless(attempts: int) -> bool:
    """Whether a mail has been tried for three days at least (RFC 5321 4.5.4.1 asks for four to five, a deadline nears here)."""
    tried_for = sum((delay(attempt, jitter=0) for attempt in range(1, attempts)), timedelta())
    return tried_for >= _PATIENCE


def outcome_text(words: str, *, name: str, email: str) -> str:
    """The server's words on one line without any address, and without the recipient's name or mailbox."""
    private = {*_WORD.findall(name), email.partition("@")[0], email}
    line = _ADDRESS.sub("…", " ".join(words.split()))
    for word in sorted(private, key=len, reverse=True):
        line = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", "…", line, flags=re.IGNORECASE)
    return line[:_LONGEST_OUTCOME]
