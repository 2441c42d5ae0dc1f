"""The files as answers to a browser."""

from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from datetime import datetime
from itertools import islice

from django.db.models import QuerySet
from django.http import FileResponse, StreamingHttpResponse
from django.utils.translation import gettext as _

from registrations.enums import Status
from registrations.exports.comma_separated import csv_lines
from registrations.exports.json_array import json_lines
from registrations.exports.participant_table import Table, participant_table
from registrations.exports.spreadsheet import xlsx
from registrations.models import Meeting, Participant

FORMATS = ("xlsx", "csv", "json")
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_CSV = "text/csv; charset=utf-8"
_LINES_AT_ONCE = 200
Lines = Generator[str, None, None]


def download(
    participants: QuerySet[Participant], *, kind: str, language: str, chosen: Sequence[str] = (), now: datetime
) -> FileResponse | StreamingHttpResponse:
    """The participants as a file of one of FORMATS, with the chosen columns or all of them, sent while they are read.

    Whoever breaks it off leaves nothing behind: closing the answer closes the file and ends the reading.
    """
    return _ANSWERS[kind](participant_table(participants, language=language, chosen=chosen), now)


def display_names(participants: QuerySet[Participant], *, language: str, now: datetime) -> StreamingHttpResponse:
    """For the meeting platform: how each of the confirmed is called on the screen, and their e-mail, as CSV."""
    confirmed = participants.filter(status=Status.CONFIRMED, erased_at=None)
    table = participant_table(confirmed, language=language, chosen=("display_name", "email"))
    return _streamed(csv_lines(table), content_type=_CSV, filename=file_name(table.meeting, "csv", now=now, of="display-names"))


def file_name(meeting: Meeting | None, suffix: str, *, now: datetime, of: str = "participants") -> str:
    """E.g. "mine-free-americas-participants-2027-02-09.xlsx"; without the meeting where there are several."""
    name = f"{of}-{now:%Y-%m-%d}.{suffix}"
    return f"{meeting.slug}-{name}" if meeting else name


def _xlsx_answer(table: Table, now: datetime) -> FileResponse:
    file = xlsx(table, title=_("Participants"))
    return FileResponse(file, as_attachment=True, filename=file_name(table.meeting, "xlsx", now=now), content_type=_XLSX)


def _csv_answer(table: Table, now: datetime) -> StreamingHttpResponse:
    return _streamed(csv_lines(table), content_type=_CSV, filename=file_name(table.meeting, "csv", now=now))


def _json_answer(table: Table, now: datetime) -> StreamingHttpResponse:
    return _streamed(json_lines(table), content_type="application/json", filename=file_name(table.meeting, "json", now=now))


_ANSWERS: dict[str, Callable[[Table, datetime], FileResponse | StreamingHttpResponse]] = {
    "xlsx": _xlsx_answer,
    "csv": _csv_answer,
    "json": _json_answer,
}


def _streamed(lines: Lines, *, content_type: str, filename: str) -> StreamingHttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{filename}"'}
    return StreamingHttpResponse(_in_blocks(lines), content_type=content_type, headers=headers)


def _in_blocks(lines: Lines) -> Lines:
    """Some lines at a time: a web server hands on each piece by itself."""
    with closing(lines):
        while block := "".join(islice(lines, _LINES_AT_ONCE)):
            yield block
