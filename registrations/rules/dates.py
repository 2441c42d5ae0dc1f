"""Dates as they are written in a sentence."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from django.utils.dateformat import format as format_date
from django.utils.translation import gettext, override, pgettext

from registrations.rules.clock_faces import joined, offset_text

_ENDS_OF_A_DAY = (time(0, 0), time(23, 59))


def date_text(day: date, *, language: str) -> str:
    """E.g. "10 February 2027", "10 de febrero de 2027". A datetime is read in its own time zone."""
    with override(language):
        return format_date(day, pgettext("date format", "j F Y"))


def weekday_text(day: date, *, language: str) -> str:
    """E.g. "Wednesday 10 February 2027", "miércoles 10 de febrero de 2027"."""
    with override(language):
        return format_date(day, pgettext("date format", "l j F Y"))


def day_text(day: date, *, language: str) -> str:
    """E.g. "10 February", "10 de febrero"."""
    with override(language):
        return format_date(day, pgettext("date format", "j F"))


def moment_text(moment: datetime, *, language: str) -> str:
    """E.g. "9 February 2027, 18:00 (GMT+1)", in the moment's own time zone."""
    with override(language):
        hour = format_date(moment, pgettext("date format", "j F Y, H:i"))
    return f"{hour} ({offset_text(moment)})"


def deadline_text(moment: datetime, *, language: str) -> str:
    """The same, without the hour where that is the very beginning or end of the day."""
    is_end_of_day = moment.time().replace(second=0, microsecond=0) in _ENDS_OF_A_DAY
    return (date_text if is_end_of_day else moment_text)(moment, language=language)


def days_text(days: Iterable[date], *, language: str) -> str:
    """Several days as one phrase: "10 and 11 February 2027", "10 to 12 February 2027", "26 February and 2 March 2027"."""
    sequence = sorted(set(days))
    if len(sequence) > 1 and _is_within_a_month(sequence):
        return _within_a_month(sequence, language=language)
    return joined([date_text(day, language=language) for day in sequence], language=language)


def span_text(first: date, last: date, *, language: str) -> str:
    """From one day to another: "10 February 2027", "10 to 12 February 2027", "26 February 2027 to 2 March 2027"."""
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    if len(days) == 1 or _is_within_a_month(days):
        return days_text(days, language=language)
    with override(language):
        return gettext("%(first)s to %(last)s") % {"first": date_text(first, language=language), "last": date_text(last, language=language)}


def _is_within_a_month(days: list[date]) -> bool:
    follow_each_other = all(later - earlier == timedelta(days=1) for earlier, later in pairwise(days))
    return follow_each_other and (days[0].year, days[0].month) == (days[-1].year, days[-1].month)


def _within_a_month(days: list[date], *, language: str) -> str:
    with override(language):
        pattern = gettext("%(first)s and %(last)s %(month)s") if len(days) == 2 else gettext("%(first)s to %(last)s %(month)s")
        return pattern % {"first": days[0].day, "last": days[-1].day, "month": format_date(days[0], pgettext("date format", "F Y"))}
