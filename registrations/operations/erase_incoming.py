"""Take a person's name and contacts out of the mail that came back. Called with the meeting locked."""

import re
from collections.abc import Collection

from django.db.models import Q

from registrations.models import IncomingMessage, Participant

_TEXTS = ("sender", "subject", "text")


def erase_incoming(participant: Participant, *, mailboxes: Collection[str], pattern: re.Pattern[str]) -> None:
    """Everything that was written from these mailboxes or about their calendar entries, and the person's names out of the rest.

    Kind, answer and dates stay. Call it after the entries were erased.
    """
    messages = IncomingMessage.objects.filter(Q(meeting=participant.meeting_id) | Q(meeting=None))
    about = Q(invitation__session__meeting=participant.meeting_id, invitation__mailbox__startswith="erased:")
    messages.filter(pk__in=messages.filter(Q(sender__in=mailboxes) | about).values("pk")).update(sender="", subject="", text="")
    whoever_writes = re.compile(pattern.pattern, re.IGNORECASE)
    for message in messages.exclude(sender="", subject="", text=""):
        texts = {name: whoever_writes.sub("", getattr(message, name)) for name in _TEXTS}
        IncomingMessage.objects.filter(pk=message.pk).update(**texts)
