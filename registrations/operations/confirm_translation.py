"""Say that a Spanish text still holds although its English has changed."""

from datetime import datetime

from django.db import transaction

from registrations.details import Actor
from registrations.errors import NothingToConfirm
from registrations.models import Meeting
from registrations.models.fields import texts_of
from registrations.operations.locking import lock_meeting
from registrations.operations.record_edits import record_edits
from registrations.queries.edits import edit
from registrations.queries.translations import text_gaps
from registrations.rules.edits import TRANSLATED
from registrations.rules.translations import Gap, confirmed


@transaction.atomic
def confirm_translation(meeting: Meeting, *, key: str, actor: Actor, now: datetime) -> None:
    """The text under this key (TextGap.key) counts as translated, drafts included. Raises NothingToConfirm where its Spanish is not older."""
    lock_meeting(meeting.pk)
    gap = next((each for each in text_gaps(meeting) if each.key == key and each.gap == Gap.SPANISH_OLDER), None)
    if gap is None:
        raise NothingToConfirm
    record = gap.record
    pairs = record.translations | {gap.name: confirmed({gap.name: texts_of(record)[gap.name]})[gap.name]}
    type(record)._base_manager.filter(pk=record.pk).update(translations=pairs)
    held = {f"{gap.name}_es": [gap.spanish, gap.spanish]}
    record_edits(meeting, [edit(TRANSLATED, record, held)], actor=actor, now=now)
