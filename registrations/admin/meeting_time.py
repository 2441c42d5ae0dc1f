"""Moments at the desk: always on the meeting's own clock, with its zone named."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, pgettext

from registrations.models import Meeting
from registrations.rules.clock_faces import offset_text
from registrations.rules.dates import date_text


def meeting_time(moment: datetime | None, meeting: Meeting) -> str:
    """E.g. "9 February 2027, 23:59 (Europe/Zurich)", or "" without a moment."""
    if moment is None:
        return ""
    local = moment.astimezone(ZoneInfo(meeting.time_zone))
    return f"{date_text(local, language=get_language() or 'en')}, {local:%H:%M} ({meeting.time_zone})"


def incoming_time(moment: datetime | None, meeting: Meeting | None) -> str:
    """The same for what may belong to no meeting: that is told in UTC."""
    if moment is None or meeting:
        return meeting_time(moment, meeting) if meeting else ""
    return f"{date_text(moment, language=get_language() or 'en')}, {moment:%H:%M} (UTC)"


def short_meeting_time(moment: datetime | None, meeting: Meeting | None) -> SafeString | str:
    """The same for a narrow column: hour and zone stand small below the day; without a meeting in UTC."""
    if moment is None:
        return ""
    local = moment.astimezone(ZoneInfo(meeting.time_zone if meeting else "UTC"))
    day = date_format(local, pgettext("short date format", "j M Y"))
    return format_html('<span class="moment">{}</span> <span class="zone">{} {}</span>', day, f"{local:%H:%M}", offset_text(local))
