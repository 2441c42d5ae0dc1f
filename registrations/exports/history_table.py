"""The history as CSV: a line for each changed field, one for an entry without any."""

import csv
from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import override

from registrations.enums import Door, Status
from registrations.exports.comma_separated import BYTE_ORDER_MARK, Line, harmless
from registrations.models import HistoryEntry
from registrations.queries.edit_words import record_words
from registrations.queries.history import actor_words, event_words, more_words
from registrations.queries.history_list import lines_of, with_records, with_shared_meetings

_BLOCK = 2000


def history_download(entries: QuerySet[HistoryEntry], *, language: str, now: datetime) -> StreamingHttpResponse:
    """The entries as CSV in the language, sent while they are read; the newest first."""
    headers = {"Content-Disposition": f'attachment; filename="history-{now:%Y-%m-%d}.csv"'}
    return StreamingHttpResponse(history_lines(entries, language=language), content_type="text/csv; charset=utf-8", headers=headers)


def history_lines(entries: QuerySet[HistoryEntry], *, language: str) -> Iterator[str]:
    """The file line by line; two statements, and one for each meeting, for any number of entries."""
    writer = csv.writer(Line(), quoting=csv.QUOTE_ALL)
    with override(language):
        header = writer.writerow(_headers())
    yield BYTE_ORDER_MARK + header
    for entry in with_shared_meetings(with_records(entries).iterator(chunk_size=_BLOCK)):
        with override(language):
            lines = [writer.writerow([harmless(cell) for cell in row]) for row in _rows(entry)]
        yield from lines


def _headers() -> list[str]:
    who = [_("Meeting"), _("State or organization"), _("Participant"), _("Reference")]
    return [_("When"), _("Time zone"), *who, _("Event"), _("Who"), _("Through"), _("Status afterwards"), _("Data"), _("Before"), _("Afterwards")]


def _rows(entry: HistoryEntry) -> Iterator[list[str]]:
    begins = [*_when(entry), *_whom(entry), *_what(entry)]
    lines = lines_of(entry)
    record = f"{record_words(entry.facts)}: " if "record" in entry.facts else ""
    for line in lines:
        yield [*begins, record + line.field, line.before, line.after]
    if not lines:
        yield [*begins, more_words(entry.facts, meeting=entry.meeting), "", ""]


def _when(entry: HistoryEntry) -> list[str]:
    zone = entry.meeting.time_zone if entry.meeting else "UTC"
    return [f"{entry.at.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}", zone]


def _whom(entry: HistoryEntry) -> list[str]:
    person = [entry.participant.full_name, entry.participant.reference] if entry.participant else ["", ""]
    return [entry.meeting.slug if entry.meeting else "", str(entry.delegation or entry.type or entry.entity or ""), *person]


def _what(entry: HistoryEntry) -> list[str]:
    status = str(Status(entry.status).label) if entry.status in Status.values else entry.status
    door = str(Door(entry.door).label) if entry.door in Door.values else ""
    return [str(event_words(entry.event)), str(actor_words(entry.actor)), door, status]
