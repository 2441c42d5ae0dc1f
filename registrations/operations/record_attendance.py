"""Write down who was at a session, and take it back where it was not so."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from registrations.details import Actor
from registrations.enums import Status
from registrations.models import HistoryEntry, Participant, Presence, Session
from registrations.operations.locking import lock_meeting
from registrations.operations.status import history_of


@transaction.atomic
def record_attendance(session: Session, *, people: Collection[int], actor: Actor, now: datetime) -> list[Participant]:
    """Those of the participants (by pk) who are now known to have been at the session and were not before; nobody is told.

    Only the meeting's confirmed participants can have been there. The same number of statements for any number of people.
    """
    lock_meeting(session.meeting_id)
    confirmed = Participant.objects.filter(meeting=session.meeting_id, pk__in=people, status=Status.CONFIRMED, erased_at=None)
    newly = list(confirmed.exclude(presences__session=session).order_by("pk"))
    Presence.objects.bulk_create(Presence(participant=person, session=session, recorded_at=now) for person in newly)
    _write_history(newly, session, event="attend", actor=actor, now=now)
    return newly


@transaction.atomic
def take_back_attendance(session: Session, *, people: Collection[int], actor: Actor, now: datetime) -> list[Participant]:
    """Those of the participants (by pk) who were thought to have been at the session and are so no more."""
    lock_meeting(session.meeting_id)
    present = list(Participant.objects.filter(pk__in=people, presences__session=session).order_by("pk"))
    Presence.objects.filter(session=session, participant__in=[person.pk for person in present]).delete()
    _write_history(present, session, event="not attend", actor=actor, now=now)
    return present


def _write_history(people: list[Participant], session: Session, *, event: str, actor: Actor, now: datetime) -> None:
    HistoryEntry.objects.bulk_create(history_of(person, event=event, actor=actor, now=now, session=session.number) for person in people)
