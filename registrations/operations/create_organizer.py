"""The first account of the desk."""

import secrets
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from registrations.details import COMMAND
from registrations.operations.record_edits import record_edits
from registrations.queries.edits import added

USERNAME = "organizer"


def create_organizer(*, now: datetime) -> str | None:
    """The random password of a new account named `organizer`, or None where the desk has an account already."""
    with transaction.atomic():
        if User.objects.filter(is_staff=True).exists():
            return None
        password = secrets.token_urlsafe(12)
        user = User.objects.create_superuser(USERNAME, password=password)
        record_edits(None, [added(user)], actor=COMMAND, now=now)
        return password
