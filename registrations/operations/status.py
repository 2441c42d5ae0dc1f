"""The only place where a status is written."""

from datetime import datetime
from typing import Any

from registrations.details import Actor
from registrations.enums import Action, Status
from registrations.errors import TransitionNotAllowed
from registrations.models import Delegation, DelegationType, HistoryEntry, Meeting, Participant
from registrations.outbox import digest_of, enqueue
from registrations.rules.transitions import next_status


def move(participant: Participant, action: Action, *, actor: Actor, now: datetime, **facts: Any) -> HistoryEntry:
    """Apply the transition table and write the history; raise TransitionNotAllowed where the action does not apply."""
    status = next_status(Status(participant.status), action)
    if status is None:
        raise TransitionNotAllowed(name=participant.full_name, status=Status(participant.status).label, action=action.label)
    participant.status = status
    participant.save(update_fields=["status"])
    return record(participant, event=action.value, actor=actor, now=now, **facts)


def record(participant: Participant, *, event: str, actor: Actor, now: datetime, **facts: Any) -> HistoryEntry:
    """The history entry of something done to a participant; what is news to the focal point goes into their next digest."""
    entry = history_of(participant, event=event, actor=actor, now=now, **facts)
    entry.save()
    enqueue(digest_of([entry], delegation=participant.delegation, meeting_id=participant.meeting_id, now=now))
    return entry


def history_of(participant: Participant, *, event: str, actor: Actor, now: datetime, **facts: Any) -> HistoryEntry:
    """The same, unsaved."""
    whose = {"meeting_id": participant.meeting_id, "delegation_id": participant.delegation_id, "participant": participant}
    return HistoryEntry(**whose, event=event, **who(actor), status=participant.status, facts=facts, at=now)


def record_of_delegation(delegation: Delegation, *, event: str, actor: Actor, now: datetime, **facts: Any) -> HistoryEntry:
    """The history entry of something done to a delegation as a whole; news to the focal point just as well."""
    meeting = delegation.type.meeting_id
    entry = HistoryEntry.objects.create(meeting_id=meeting, delegation=delegation, event=event, **who(actor), status="", facts=facts, at=now)
    enqueue(digest_of([entry], delegation=delegation, meeting_id=meeting, now=now))
    return entry


def record_of_type(delegation_type: DelegationType, *, event: str, actor: Actor, now: datetime, **facts: Any) -> HistoryEntry:
    """The history entry of something done to all delegations of a type at once; no focal point hears of it."""
    entry = history_of_type(delegation_type, event=event, actor=actor, now=now, **facts)
    entry.save()
    return entry


def history_of_type(delegation_type: DelegationType, *, event: str, actor: Actor, now: datetime, **facts: Any) -> HistoryEntry:
    """The same, unsaved."""
    whose = {"meeting_id": delegation_type.meeting_id, "type": delegation_type}
    return HistoryEntry(**whose, event=event, **who(actor), status="", facts=facts, at=now)


def record_of_meeting(meeting: Meeting, *, event: str, actor: Actor, now: datetime, **facts: Any) -> HistoryEntry:
    """The history entry of something done to the meeting itself, its programme or its organizers."""
    entry = history_of_meeting(meeting, event=event, actor=actor, now=now, **facts)
    entry.save()
    return entry


def history_of_meeting(meeting: Meeting, *, event: str, actor: Actor, now: datetime, **facts: Any) -> HistoryEntry:
    """The same, unsaved."""
    return HistoryEntry(meeting_id=meeting.pk, event=event, **who(actor), status="", facts=facts, at=now)


def who(actor: Actor) -> dict[str, Any]:
    """The columns of a history entry that say who did it and through which door."""
    return {"actor": actor.label, "user_id": actor.user_id, "door": actor.door}
