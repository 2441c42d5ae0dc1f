"""Keep which columns an export has, for the next time."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from registrations.details import Actor
from registrations.errors import ColumnsNameTaken, NoColumnChosen
from registrations.models import Meeting, SavedColumns
from registrations.operations.locking import lock_meeting
from registrations.operations.record_edits import record_edits
from registrations.queries.edits import added, changed, removed, values_of


@transaction.atomic
def save_columns(
    meeting: Meeting, *, name: str, columns: Sequence[str], replacing: SavedColumns | None = None, actor: Actor, now: datetime
) -> SavedColumns:
    """The columns under their name, anew or in the place of what was saved before. Raises NoColumnChosen or ColumnsNameTaken."""
    lock_meeting(meeting.pk)
    if not columns:
        raise NoColumnChosen
    saved = replacing or SavedColumns(meeting=meeting)
    if SavedColumns.objects.filter(meeting=meeting, name=name).exclude(pk=saved.pk).exists():
        raise ColumnsNameTaken(name=name)
    before = values_of(saved)
    saved.name, saved.columns = name, list(columns)
    saved.save()
    record_edits(meeting, changed(saved, before=before) if replacing else [added(saved)], actor=actor, now=now)
    return saved


@transaction.atomic
def delete_columns(saved: SavedColumns, *, actor: Actor, now: datetime) -> None:
    """Forget the saved columns; no participant is touched by it."""
    record_edits(saved.meeting, [removed(saved)], actor=actor, now=now)
    saved.delete()
