"""Changes of the programme as organizers publish them."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import transaction

from registrations.enums import MessageKind
from registrations.models import OutboxMessage, Participant, Session
from registrations.operations.calendar_entries import invitation
from registrations.operations.touch_programme import touch_programme
from registrations.outbox import enqueue, message_to


@transaction.atomic
def publish_change(session: Session, *, now: datetime, **columns: Any) -> None:
    """Give the session these values and tell every calendar that has it."""
    Session.objects.filter(pk=session.pk).update(**columns)
    touch_programme(session.meeting, now=now)
    enqueue(_owed(Session.objects.get(pk=session.pk), now=now))


def _owed(session: Session, *, now: datetime) -> Iterator[OutboxMessage]:
    key = f"published {now.isoformat()}"
    for person in _first_on_each_mailbox(session):
        if session.is_cancelled:
            because = "session cancelled"
            yield message_to(person, MessageKind.CANCELLATION, session=session, key=f"{person.pk}:{session.pk}:{key}", now=now, because=because)
        else:
            yield invitation(person, session=session, key=key, now=now)


def _first_on_each_mailbox(session: Session) -> list[Participant]:
    people = session.participants.filter(status="confirmed", erased_at=None).order_by("-pk")
    return list({person.mailbox: person for person in people}.values())
