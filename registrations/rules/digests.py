"""What a focal point learns by digest, and when."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from registrations.details import FOCAL_POINT
from registrations.models import Delegation, HistoryEntry

LENGTH = timedelta(hours=1)
GRACE = timedelta(minutes=1)
_UNTOLD = frozenset(
    {
        "resend",
        "try again",
        "promote",
        "accept changes",
        "hand over",
        "renew link",
        "focal point bounce",
        "answer",
        "attend",
        "not attend",
        "issue list",
    }
)
_LETTERS = frozenset({"letter", "resend letter", "cancel letter"})
_PRIVATE = frozenset({"ask for erasure", "take back erasure", "approve erasure", "forget", "leave out of list", "name in list"})


@dataclass(frozen=True)
class Window:
    """From `starts_at` until before `ends_at`."""

    starts_at: datetime
    ends_at: datetime

    @property
    def due_at(self) -> datetime:
        """When its digest leaves: a little later, so that what was begun within the window is written by then."""
        return self.ends_at + GRACE


def window_at(moment: datetime) -> Window:
    """The full hour, in UTC, in which the moment lies; what happens within it comes in one mail."""
    starts_at = moment.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    return Window(starts_at, starts_at + LENGTH)


def is_news(entry: HistoryEntry, *, delegation: Delegation) -> bool:
    """Whether the focal point should hear of it by digest.

    Not what they did themselves, the sign-up that made the delegation, what went to their own mailbox as a mail of its own,
    nor what the secretariat does without telling participants either, nor what is between a person and the secretariat.
    """
    is_first_sign_up = entry.event == "register" and entry.at == delegation.created_at
    has_own_mail = entry.participant is not None and entry.participant.mailbox == delegation.focal_point_mailbox
    return not (entry.actor == FOCAL_POINT.label or entry.event in _UNTOLD | _PRIVATE | _LETTERS or is_first_sign_up or has_own_mail)
