"""Moments at the desk: always on the meeting's own clock, with its zone named."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from registrations.models import Meeting
from registrations.rules.dates import moment_text


def meeting_time(moment: datetime | None, meeting: Meeting) -> str:
    """E.g. "9 February 2027, 23:59 (Europe/Zurich)", or "" without a moment."""
    if moment is None:
        return ""
    return f"{moment_text(moment.astimezone(ZoneInfo(meeting.time_zone)), language=get_language() or 'en')} ({meeting.time_zone})"


def short_meeting_time(moment: datetime | None, meeting: Meeting) -> SafeString | str:
    """The same for a narrow column: the zone stands small below."""
    if moment is None:
        return ""
    local = moment.astimezone(ZoneInfo(meeting.time_zone))
    short = f"{date_format(local, 'SHORT_DATE_FORMAT')} {date_format(local, 'H:i')}"
    return format_html('<span class="moment">{}</span> <span class="zone">{}</span>', short, meeting.time_zone)
