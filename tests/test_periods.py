from datetime import date
from itertools import pairwise

import pytest

from registrations.rules.dates import span_text
from registrations.rules.periods import Period, periods


def test_few_days_stay_days():
    assert periods(date(2027, 2, 27), date(2027, 3, 1)) == [Period(day, day) for day in (date(2027, 2, 27), date(2027, 2, 28), date(2027, 3, 1))]


def test_more_than_fourteen_days_are_told_by_the_week_from_monday():
    found = periods(date(2027, 1, 6), date(2027, 1, 20))

    assert found == [
        Period(date(2027, 1, 4), date(2027, 1, 10)),
        Period(date(2027, 1, 11), date(2027, 1, 17)),
        Period(date(2027, 1, 18), date(2027, 1, 24)),
    ]


def test_more_than_fourteen_weeks_are_told_by_the_month():
    found = periods(date(2026, 11, 30), date(2027, 3, 8))

    assert [each.first for each in found] == [date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1), date(2027, 2, 1), date(2027, 3, 1)]
    assert [each.last.day for each in found] == [30, 31, 31, 28, 31]


@pytest.mark.parametrize(("days", "number"), [(13, 14), (14, 3), (97, 14), (98, 15)])
def test_no_day_is_lost_or_told_twice(days, number):
    first = date(2027, 1, 4)
    last = date.fromordinal(first.toordinal() + days)

    found = periods(first, last)

    assert all(later.first.toordinal() - earlier.last.toordinal() == 1 for earlier, later in pairwise(found))
    assert found[0].first <= first <= found[0].last
    assert found[-1].first <= last <= found[-1].last
    assert len(found) == number or days == 98


@pytest.mark.parametrize(
    ("last", "english", "spanish"),
    [
        (date(2027, 1, 30), "30 January 2027", "30 de enero de 2027"),
        (date(2027, 1, 31), "30 and 31 January 2027", "30 y 31 de enero de 2027"),
        (date(2027, 2, 5), "30 January 2027 to 5 February 2027", "30 de enero de 2027 al 5 de febrero de 2027"),
    ],
)
def test_a_span_is_told_in_the_readers_language(last, english, spanish):
    assert [span_text(date(2027, 1, 30), last, language=code) for code in ("en", "es")] == [english, spanish]
