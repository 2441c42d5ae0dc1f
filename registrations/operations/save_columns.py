"""Keep which columns an export has, for the next time."""

from collections.abc import Sequence

from django.db import transaction

from registrations.errors import ColumnsNameTaken, NoColumnChosen
from registrations.models import Meeting, SavedColumns
from registrations.operations.locking import lock_meeting


@transaction.atomic
def save_columns(meeting: Meeting, *, name: str, columns: Sequence[str], replacing: SavedColumns | None = None) -> SavedColumns:
    """The columns under their name, anew or in the place of what was saved before. Raises NoColumnChosen or ColumnsNameTaken."""
    lock_meeting(meeting.pk)
    if not columns:
        raise NoColumnChosen
    saved = replacing or SavedColumns(meeting=meeting)
    if SavedColumns.objects.filter(meeting=meeting, name=name).exclude(pk=saved.pk).exists():
        raise ColumnsNameTaken(name=name)
    saved.name, saved.columns = name, list(columns)
    saved.save()
    return saved


def delete_columns(saved: SavedColumns) -> None:
    """Forget the saved columns; no participant is touched by it."""
    saved.delete()
