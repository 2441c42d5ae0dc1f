"""How often something may be tried within an hour."""

from datetime import datetime, timedelta
from enum import StrEnum

PERIOD = timedelta(hours=1)
LINKS_ONCE_IN = timedelta(minutes=10)


class Door(StrEnum):
    """What is limited: links that we did not sign, wishes for a lost link and files that answer questions by network address, changes and
    documents by delegation, mails that come in and letters that are passed on by author."""

    BAD_LINK = "bad link"
    LOST_LINK = "lost link"
    DELEGATION = "delegation"
    NOTE = "note verbale"
    ANSWER = "answer by file"
    INCOMING = "incoming mail"
    LETTER = "letter"


MOST_PER_HOUR = {Door.BAD_LINK: 60, Door.LOST_LINK: 20, Door.DELEGATION: 600, Door.NOTE: 20, Door.ANSWER: 200, Door.INCOMING: 200, Door.LETTER: 20}


def is_too_many(door: Door, *, attempts: int) -> bool:
    """Whether so many attempts within an hour, this one included, are more than anybody needs."""
    return attempts > MOST_PER_HOUR[door]


def occasion(now: datetime) -> int:
    """The number of the ten minutes in which one mailbox gets its lost links once, however often they are asked for."""
    return int(now.timestamp() // LINKS_ONCE_IN.total_seconds())
