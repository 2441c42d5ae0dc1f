"""A stretch of time cut into days, weeks or months, so that a chart of it stays readable."""

from dataclasses import dataclass
from datetime import date, timedelta

_MOST = 14
_DAY, _WEEK = timedelta(days=1), timedelta(days=7)


@dataclass(frozen=True)
class Period:
    """From the first day to the last, both included."""

    first: date
    last: date


def periods(first: date, last: date) -> list[Period]:
    """The days from `first` to `last`; the weeks from Monday to Sunday where there are more than 14, the months where these are more."""
    for cut in (_days, _weeks):
        found = cut(first, last)
        if len(found) <= _MOST:
            return found
    return _months(first, last)


def _days(first: date, last: date) -> list[Period]:
    days = (first + _DAY * number for number in range((last - first).days + 1))
    return [Period(day, day) for day in days]


def _weeks(first: date, last: date) -> list[Period]:
    monday = first - _DAY * first.weekday()
    mondays = (monday + _WEEK * number for number in range((last - monday).days // 7 + 1))
    return [Period(day, day + _DAY * 6) for day in mondays]


def _months(first: date, last: date) -> list[Period]:
    numbers = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [Period(_first_of(number), _first_of(number + 1) - _DAY) for number in numbers]


def _first_of(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)
