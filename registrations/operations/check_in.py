"""Let somebody in at the door by their reference, and take it back where it was a mistake."""

from datetime import datetime

from django.db import transaction

from registrations.details import Actor
from registrations.enums import Status
from registrations.errors import NobodyWithReference, NotToBeLetIn
from registrations.models import Participant, Session
from registrations.operations.locking import lock_meeting
from registrations.operations.record_attendance import record_attendance, take_back_attendance
from registrations.queries.attendance import person_with_reference


@transaction.atomic
def check_in(session: Session, *, reference: str, actor: Actor, now: datetime) -> tuple[Participant, bool]:
    """Whoever has the reference, now recorded as present at the session, and whether they were not before.

    Raises NobodyWithReference, or NotToBeLetIn for somebody who is not confirmed.
    """
    person = _person(session, reference=reference)
    if person.status != Status.CONFIRMED:
        raise NotToBeLetIn(name=person.styled_name, delegation=person.delegation, status=person.get_status_display())
    return person, bool(record_attendance(session, people=[person.pk], actor=actor, now=now))


@transaction.atomic
def take_back_check_in(session: Session, *, reference: str, actor: Actor, now: datetime) -> Participant:
    """Whoever has the reference, recorded as present at the session no more. Raises NobodyWithReference."""
    person = _person(session, reference=reference)
    take_back_attendance(session, people=[person.pk], actor=actor, now=now)
    return person


def _person(session: Session, *, reference: str) -> Participant:
    lock_meeting(session.meeting_id)
    person = person_with_reference(session, reference=reference)
    if person is None:
        raise NobodyWithReference
    return person
