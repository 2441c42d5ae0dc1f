from datetime import datetime

from registrations.errors import TooManyAttempts
from registrations.models import Attempt
from registrations.rules.rate_limits import PERIOD, Door, is_too_many


def attempt(door: Door, *, key: str, now: datetime) -> None:
    """Count an attempt of `key` at the door; raises TooManyAttempts where there were too many within an hour.

    What is refused counts no further, so that waiting an hour helps.
    """
    attempts = Attempt.objects.filter(door=door, key=key, created_at__gt=now - PERIOD).count() + 1
    if is_too_many(door, attempts=attempts):
        raise TooManyAttempts
    Attempt.objects.create(door=door, key=key, created_at=now)
