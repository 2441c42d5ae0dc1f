"""Whose invitations these are: the address that all our mail comes from, and the name in front of it."""

from email.utils import parseaddr

from django.conf import settings

from registrations.models import Meeting
from registrations.rules.bilingual import wording_of


def sender_address() -> str:
    """The bare address of DEFAULT_FROM_EMAIL."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1]


def sender_name(meeting: Meeting, *, language: str) -> str:
    """The name in DEFAULT_FROM_EMAIL, or the meeting's title where it has none."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[0] or wording_of(meeting, "title", language=language).text
