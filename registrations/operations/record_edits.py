from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime

from registrations.details import Actor
from registrations.models import DelegationType, HistoryEntry, Meeting
from registrations.operations.status import history_of_meeting
from registrations.rules.edits import Edit


def record_edits(meeting: Meeting, edits: Iterable[Edit], *, actor: Actor, now: datetime) -> None:
    """Keep in the history of the meeting what was changed in its records; belongs into the transaction that changed them."""
    HistoryEntry.objects.bulk_create(_entry(meeting, edit, actor=actor, now=now) for edit in edits)


def record_edits_of_type(delegation_type: DelegationType, edits: Iterable[Edit], *, actor: Actor, now: datetime) -> None:
    """The same of records that belong to a type of delegation, whose history has it too."""
    entries = [_entry(delegation_type.meeting, edit, actor=actor, now=now) for edit in edits]
    for entry in entries:
        entry.type = delegation_type
    HistoryEntry.objects.bulk_create(entries)


def _entry(meeting: Meeting, edit: Edit, *, actor: Actor, now: datetime) -> HistoryEntry:
    facts = asdict(edit)
    return history_of_meeting(meeting, event=facts.pop("event"), actor=actor, now=now, **facts)
