"""How long a delegation's link opens its page."""

from datetime import datetime, timedelta

VALID_AFTER_THE_MEETING = timedelta(days=30)


def has_expired(*, last_ends_at: datetime | None, now: datetime) -> bool:
    """Whether the link's time is over: thirty days after the last session. Without a session it does not run."""
    return last_ends_at is not None and now > last_ends_at + VALID_AFTER_THE_MEETING
