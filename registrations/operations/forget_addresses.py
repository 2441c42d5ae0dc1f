"""Forget where sign-up forms and other attempts came from."""

from datetime import datetime, timedelta

from registrations.models import Attempt, Submission

REMEMBERED_FOR = timedelta(days=1)


def forget_addresses(*, now: datetime) -> int:
    """Wipe the keyed hashes of network addresses that the hourly limit needs no longer; how many there were."""
    Attempt.objects.filter(created_at__lt=now - REMEMBERED_FOR).delete()
    old = Submission.objects.filter(created_at__lt=now - REMEMBERED_FOR).exclude(address_key="")
    return old.update(address_key="")
