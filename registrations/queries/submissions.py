"""What sign-up forms were accepted."""

from datetime import datetime

from registrations.models import Submission


def accepted_from(address_key: str, *, since: datetime) -> int:
    """How many forms came from one network address."""
    return Submission.objects.filter(address_key=address_key, created_at__gte=since).count()
