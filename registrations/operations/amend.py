"""Correct what is on record about a participant."""

from datetime import datetime

from django.db import IntegrityError, transaction

from registrations.details import Actor, Person
from registrations.enums import Status
from registrations.errors import AlreadyRegistered, UnknownSession
from registrations.models import Participant, Session
from registrations.operations.calendar_entries import owe_cancellations, owe_invitations
from registrations.operations.locking import lock_participant
from registrations.operations.status import record
from registrations.rules.names import mailbox_key

_FIELDS = ("honorific", "given_names", "family_names", "role", "position", "email", "phone", "language", "accessibility_needs")
_DERIVED = ("mailbox", "name_key", "search_text")


def amend(participant: Participant, *, details: Person, actor: Actor, now: datetime) -> Participant:
    """Write the corrected data; a confirmed participant's calendar follows changed sessions and a changed mailbox.

    Raises UnknownSession, or AlreadyRegistered when this would make the same person twice.
    """
    try:
        with transaction.atomic():
            return _amend(lock_participant(participant), details=details, actor=actor, now=now)
    except IntegrityError:
        raise AlreadyRegistered(name=f"{details.given_names} {details.family_names}".strip()) from None


def _amend(participant: Participant, *, details: Person, actor: Actor, now: datetime) -> Participant:
    before, after = set(participant.sessions.all()), _sessions(participant, numbers=details.sessions)
    changed = [field for field in _FIELDS if getattr(participant, field) != getattr(details, field)]
    if not changed and before == after:
        return participant
    moved = mailbox_key(details.email) != participant.mailbox
    entry = record(participant, event="amend", actor=actor, now=now, fields=changed + (["sessions"] if before != after else []))
    participant.sessions.set(after)
    if participant.status == Status.CONFIRMED:
        owe_cancellations(
            participant,
            sessions=before if moved else before - after,
            because="mailbox changed" if moved else "session dropped",
            key=entry.pk,
            now=now,
        )
    for field in changed:
        setattr(participant, field, getattr(details, field))
    participant.save(update_fields=[*changed, *_DERIVED])
    if participant.status == Status.CONFIRMED:
        owe_invitations(participant, sessions=after if moved else after - before, key=entry.pk, now=now)
    return participant


def _sessions(participant: Participant, *, numbers: frozenset[int]) -> set[Session]:
    sessions = set(participant.meeting.sessions.filter(number__in=numbers))
    if not numbers or len(sessions) != len(numbers):
        raise UnknownSession
    return sessions
