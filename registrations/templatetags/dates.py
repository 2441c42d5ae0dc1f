"""Moments as sentences of the page name them, in the meeting's time zone."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django import template
from django.utils.translation import get_language

from registrations.models import Meeting
from registrations.rules.dates import date_text, days_text, deadline_text
from registrations.rules.sessions import that_date_the_meeting

register = template.Library()


@register.filter
def day_in(moment: datetime, time_zone: str) -> str:
    """`{{ window.date|day_in:meeting.time_zone }}`: "9 February 2027"."""
    return date_text(moment.astimezone(ZoneInfo(time_zone)), language=_page_language())


@register.filter
def moment_in(moment: datetime, time_zone: str) -> str:
    """The same with the hour, "9 February 2027, 18:00 (GMT+1)", unless it is the very beginning or end of the day."""
    return deadline_text(moment.astimezone(ZoneInfo(time_zone)), language=_page_language())


@register.simple_tag
def meeting_days(meeting: Meeting) -> str:
    """`{% meeting_days meeting %}`: "10 and 11 February 2027", the days on which it takes place."""
    zone = ZoneInfo(meeting.time_zone)
    sessions = that_date_the_meeting(meeting.sessions.all())
    return days_text([session.starts_at.astimezone(zone).date() for session in sessions], language=_page_language())


def _page_language() -> str:
    return (get_language() or "en")[:2]
