"""Lists on their way in: kept while they are mapped and looked at, and no longer."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.db import transaction

from registrations.details import Actor
from registrations.enums import ListContents
from registrations.models import DelegationType, KnownHeading, Meeting, UploadedList
from registrations.operations.record_edits import record_edits
from registrations.queries.edits import edit
from registrations.rules.edits import CHANGED, Edit, differences

KEPT_FOR = timedelta(days=1)


def keep_list(
    meeting: Meeting,
    *,
    cells: Sequence[Sequence[str]],
    file_name: str,
    language: str,
    has_headings: bool,
    actor: Actor,
    now: datetime,
    contents: ListContents = ListContents.PEOPLE,
    default_type: DelegationType | None = None,
) -> UploadedList:
    """The list with its cells, for the organizer who sent it in."""
    return UploadedList.objects.create(
        meeting=meeting,
        contents=contents,
        default_type=default_type,
        user_id=actor.user_id,
        file_name=file_name[:200],
        cells=[list(line) for line in cells],
        has_headings=has_headings,
        language=language,
        uploaded_at=now,
    )


@transaction.atomic
def map_list(
    uploaded: UploadedList,
    *,
    columns: Sequence[str],
    remembered: Mapping[str, str],
    default_type: DelegationType | None,
    language: str,
    actor: Actor,
    now: datetime,
) -> UploadedList:
    """Say what each column of the list holds; `remembered` is what headings, folded, stand for in the meeting's next lists of the kind as well.

    The history tells what is remembered anew, as lists to come are read by it.
    """
    edits = _edits(uploaded, remembered)
    uploaded.columns, uploaded.default_type, uploaded.language = list(columns), default_type, language
    uploaded.save(update_fields=["columns", "default_type", "language"])
    kind = {"meeting_id": uploaded.meeting_id, "contents": uploaded.contents}
    headings = [KnownHeading(**kind, key=key, column=column) for key, column in remembered.items()]
    KnownHeading.objects.bulk_create(headings, update_conflicts=True, unique_fields=["meeting", "contents", "key"], update_fields=["column"])
    record_edits(uploaded.meeting, edits, actor=actor, now=now)
    return uploaded


def _edits(uploaded: UploadedList, remembered: Mapping[str, str]) -> list[Edit]:
    """One for the whole list: each heading that is remembered anew, with the column it stood for and the one it stands for."""
    known = dict(uploaded.meeting.known_headings.filter(contents=uploaded.contents, key__in=remembered).values_list("key", "column"))
    changes = differences(known, remembered, fields=remembered)
    return [edit(CHANGED, KnownHeading(key=uploaded.file_name), changes)] if changes else []


def discard_list(uploaded: UploadedList) -> None:
    """Forget the list; whom it brought in stays."""
    uploaded.delete()


def forget_lists(*, now: datetime) -> int:
    """Delete the lists that nobody came back for; how many there were."""
    return UploadedList.objects.filter(uploaded_at__lt=now - KEPT_FOR).delete()[0]
