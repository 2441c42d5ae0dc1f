"""What organizers type into the programme of a published meeting: kept beside what is published until it is published too."""

from datetime import datetime
from typing import Any

from django.db import transaction

from registrations.details import Actor
from registrations.errors import SessionInUse
from registrations.models import Meeting, Session
from registrations.operations.locking import lock_meeting
from registrations.operations.status import record_of_meeting
from registrations.queries.drafts import difference, drafted_columns, drafts_of
from registrations.queries.in_use import why_kept


@transaction.atomic
def keep_draft(record: Any, *, meeting: Meeting) -> None:
    """Keep the values of the record in hand as a draft, or at once where the meeting is not on the site yet.

    A draft that says what is published is none. A record of the programme that is new stays unseen until it is published.
    """
    if not lock_meeting(meeting.pk).is_published:
        _write(record)
    elif record.pk is None or getattr(record, "is_draft", False):
        record.is_draft = True
        record.save()
    else:
        published = type(record)._base_manager.get(pk=record.pk)
        record.draft = difference(record, published)
        type(record)._base_manager.filter(pk=record.pk).update(draft=record.draft)


@transaction.atomic
def drop(record: Any, *, meeting: Meeting) -> None:
    """Take the record out of the programme with the next publishing, or at once if nobody has seen it yet.

    Raises SessionInUse for a session that somebody attends or has in their calendar: that is cancelled, not removed.
    """
    if isinstance(record, Session) and (reason := why_kept(record)):
        raise SessionInUse(reason=reason)
    if record.is_draft or not lock_meeting(meeting.pk).is_published:
        record.delete()
    else:
        type(record).with_drafts.filter(pk=record.pk).update(is_dropped=True)


@transaction.atomic
def discard_drafts(meeting: Meeting, *, actor: Actor, now: datetime) -> int:
    """Forget everything that is not published; the number of records that it concerned."""
    lock_meeting(meeting.pk)
    records = list(drafts_of(meeting))
    for record in records:
        if getattr(record, "is_draft", False):
            record.delete()
        else:
            cleared = {"draft": {}} if isinstance(record, Meeting) else {"draft": {}, "is_dropped": False}
            type(record)._base_manager.filter(pk=record.pk).update(**cleared)
    if records:
        record_of_meeting(meeting, event="discard drafts", actor=actor, now=now, number=len(records))
    return len(records)


def _write(record: Any) -> None:
    record.draft = {}
    if record.pk is None:
        record.save()
    else:
        record.save(update_fields=[*drafted_columns(type(record)), "draft"])
