"""The first account of the desk."""

import secrets

from django.contrib.auth.models import User
from django.db import transaction

USERNAME = "organizer"


def create_organizer() -> str | None:
    """The random password of a new account named `organizer`, or None where the desk has an account already."""
    with transaction.atomic():
        if User.objects.filter(is_staff=True).exists():
            return None
        password = secrets.token_urlsafe(12)
        User.objects.create_superuser(USERNAME, password=password)
        return password
