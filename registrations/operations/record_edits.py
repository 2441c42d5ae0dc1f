from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime

from registrations.details import Actor
from registrations.models import DelegationType, Entity, HistoryEntry, Meeting
from registrations.operations.status import who
from registrations.rules.edits import Edit


def record_edits(meeting: Meeting | None, edits: Iterable[Edit], *, actor: Actor, now: datetime, entity: Entity | None = None) -> None:
    """Keep in the history what was changed in records of the meeting, or of none; belongs into the transaction that changed them."""
    HistoryEntry.objects.bulk_create(entry_of(meeting, edit, actor=actor, now=now, entity=entity) for edit in edits)


def record_edits_of_type(delegation_type: DelegationType, edits: Iterable[Edit], *, actor: Actor, now: datetime) -> None:
    """The same of records that belong to a type of delegation, whose history has it too."""
    entries = [entry_of(delegation_type.meeting, edit, actor=actor, now=now) for edit in edits]
    for entry in entries:
        entry.type = delegation_type
    HistoryEntry.objects.bulk_create(entries)


def entry_of(meeting: Meeting | None, edit: Edit, *, actor: Actor, now: datetime, entity: Entity | None = None) -> HistoryEntry:
    """The history entry of one changed record, unsaved."""
    facts = asdict(edit)
    return HistoryEntry(meeting=meeting, entity=entity, event=facts.pop("event"), **who(actor), status="", facts=facts, at=now)
