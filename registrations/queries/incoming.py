"""Mail that came back: whose it is, and what of it is still to be read."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from uuid import UUID

from django.db.models import Count

from registrations.models import IncomingMessage, Invitation, Meeting, OutboxMessage, Participant


def invitation_with(uid: UUID) -> Invitation | None:
    """The entry with the UID, unless its mailbox was erased."""
    return Invitation.objects.select_related("session").filter(uid=uid).exclude(mailbox__startswith="erased:").first()


def meeting_of(*, sender: str, answered: Iterable[str]) -> Meeting | None:
    """The meeting of the mail of ours that was answered, else the only one that knows the sender's mailbox; None where nothing tells."""
    keys = [key for message_id in answered if (key := _uuid(message_id))]
    ours = OutboxMessage.objects.select_related("meeting").filter(pk__in=keys).first() if keys else None
    if ours:
        return ours.meeting
    meetings = list(Meeting.objects.filter(participants__mailbox=sender).distinct()[:2]) if sender else []
    return meetings[0] if len(meetings) == 1 else None


def unread_by_meeting() -> Mapping[int | None, int]:
    """How many messages nobody has dealt with yet, by meeting; one statement."""
    unread = IncomingMessage.objects.filter(handled_at=None)
    return dict(unread.values_list("meeting").annotate(number=Count("pk")).order_by())


def messages_from(participant: Participant) -> list[IncomingMessage]:
    """What came from the participant's mailbox, oldest first."""
    messages = IncomingMessage.objects.filter(meeting=participant.meeting_id, sender=participant.mailbox)
    return list(messages.order_by("received_at", "pk"))


def _uuid(message_id: str) -> UUID | None:
    with suppress(ValueError):
        return UUID(message_id.partition("@")[0])
    return None
