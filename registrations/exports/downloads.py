"""The files as answers to a browser."""

from datetime import datetime

from django.db.models import QuerySet
from django.http import FileResponse, StreamingHttpResponse
from django.utils.translation import gettext as _

from registrations.exports.comma_separated import csv_lines
from registrations.exports.participant_table import Table, participant_table
from registrations.exports.spreadsheet import xlsx
from registrations.models import Participant

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def xlsx_download(participants: QuerySet[Participant], *, language: str, now: datetime) -> FileResponse:
    """The participants as an XLSX file."""
    table = participant_table(participants, language=language)
    return FileResponse(xlsx(table, title=_("Participants")), as_attachment=True, filename=_file_name(table, "xlsx", now=now), content_type=_XLSX)


def csv_download(participants: QuerySet[Participant], *, language: str, now: datetime) -> StreamingHttpResponse:
    """The participants as CSV, sent while they are read."""
    table = participant_table(participants, language=language)
    headers = {"Content-Disposition": f'attachment; filename="{_file_name(table, "csv", now=now)}"'}
    return StreamingHttpResponse(csv_lines(table), content_type="text/csv; charset=utf-8", headers=headers)


def _file_name(table: Table, suffix: str, *, now: datetime) -> str:
    """E.g. "mine-free-americas-participants-2027-02-09.xlsx"."""
    name = f"participants-{now:%Y-%m-%d}.{suffix}"
    return f"{table.meeting.slug}-{name}" if table.meeting else name
