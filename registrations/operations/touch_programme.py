"""Say that the programme has changed."""

from datetime import datetime

from django.db.models import F

from registrations.models import Meeting


def touch_programme(meeting: Meeting, *, now: datetime) -> None:
    """Raise the meeting's version, so that its programme page and calendar are made anew.

    To be called in the transaction of whatever changes a text, a date, a clock, a host or a speaker. The instance in hand
    keeps the version it was read with.
    """
    Meeting.objects.filter(pk=meeting.pk).update(version=F("version") + 1, changed_at=now)
