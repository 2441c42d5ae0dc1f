from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime

from registrations.details import Actor
from registrations.models import HistoryEntry, Meeting
from registrations.operations.status import history_of_meeting
from registrations.rules.edits import Edit


def record_edits(meeting: Meeting, edits: Iterable[Edit], *, actor: Actor, now: datetime) -> None:
    """Keep in the history of the meeting what was changed in its records; belongs into the transaction that changed them."""
    facts = [asdict(edit) for edit in edits]
    HistoryEntry.objects.bulk_create(history_of_meeting(meeting, event=each.pop("event"), actor=actor, now=now, **each) for each in facts)
