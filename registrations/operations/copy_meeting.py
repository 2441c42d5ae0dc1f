"""Begin the next meeting with what the last one had."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Min

from registrations.details import Actor
from registrations.errors import AddressTaken
from registrations.models import Meeting
from registrations.operations.record_edits import record_edits
from registrations.queries.edits import edit, values_of
from registrations.rules.edits import COPIED, differences
from registrations.rules.moving_dates import moved

_MOMENTS = ("registration_opens_at", "registration_closes_at", "starts_at", "ends_at")
_AS_NEW: dict[str, Any] = {"is_published": False, "join_url": "", "version": 1, "draft": {}}


@transaction.atomic
def copy_meeting(meeting: Meeting, *, slug: str, title_en: str, title_es: str, first_day: date, actor: Actor, now: datetime) -> Meeting:
    """A meeting at another address that is not on the site yet: texts, clocks, hosts, delegation types, programme, reasons, reminders, and
    how its lists are exported and read.

    It is moved by whole days so that its first session begins on `first_day`, by the wall clock of its zone. Nobody is registered for it, it
    has no join link, and what was not published is left out. Raises AddressTaken.
    """
    if Meeting.objects.filter(slug=slug).exists():
        raise AddressTaken(slug=slug)
    by, zone = _distance(meeting, first_day=first_day), ZoneInfo(meeting.time_zone)
    titles = {"title_en": title_en, "title_es": title_es}
    copy: Meeting = _copy(Meeting.objects.get(pk=meeting.pk), by=by, zone=zone, slug=slug, changed_at=now, **titles, **_AS_NEW)
    for name in ("clocks", "hosts", "delegation_types", "prepared_reasons", "reminders", "texts", "saved_columns", "known_headings"):
        _copy_all(getattr(meeting, name).all(), by=by, zone=zone, meeting=copy)
    for session in meeting.sessions.prefetch_related("items__speakers"):
        items = list(session.items.all())
        new = _copy(session, by=by, zone=zone, meeting=copy, is_cancelled=False, draft={}, is_dropped=False)
        for item in items:
            speakers = list(item.speakers.all())
            line = _copy(item, by=by, zone=zone, session=new, draft={}, is_dropped=False)
            _copy_all(speakers, by=by, zone=zone, item=line, draft={}, is_dropped=False)
    _tell(copy, of=Meeting.objects.get(pk=meeting.pk), actor=actor, now=now)
    return copy


def _tell(copy: Meeting, *, of: Meeting, actor: Actor, now: datetime) -> None:
    """In the history of the copy, with what is different from the meeting of which it is one."""
    values = values_of(copy)
    record_edits(copy, [edit(COPIED, copy, differences(values_of(of), values, fields=values))], actor=actor, now=now)


def _distance(meeting: Meeting, *, first_day: date) -> timedelta:
    """From the day on which the meeting begins by its own clock to the first day; nothing where it has no sessions."""
    first: datetime | None = meeting.sessions.aggregate(first=Min("starts_at"))["first"]
    return first_day - first.astimezone(ZoneInfo(meeting.time_zone)).date() if first else timedelta()


def _copy_all(records: Iterable[Any], *, by: timedelta, zone: ZoneInfo, **columns: Any) -> None:
    for record in records:
        _copy(record, by=by, zone=zone, **columns)


def _copy(record: Any, *, by: timedelta, zone: ZoneInfo, **columns: Any) -> Any:
    """The record in hand as a new row with these columns and its moments moved."""
    moments = {name: moved(moment, by=by, zone=zone) for name in _MOMENTS if (moment := getattr(record, name, None))}
    for name, value in {**moments, **columns, "pk": None}.items():
        setattr(record, name, value)
    record._state.adding = True
    record.save()
    return record
