from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from registrations.rules.dates import date_text, days_text, moment_text, weekday_text

WEDNESDAY = date(2027, 2, 10)


def test_a_date_in_both_languages():
    assert date_text(WEDNESDAY, language="en") == "10 February 2027"
    assert date_text(WEDNESDAY, language="es") == "10 de febrero de 2027"


def test_a_date_with_its_weekday_in_both_languages():
    assert weekday_text(WEDNESDAY, language="en") == "Wednesday 10 February 2027"
    assert weekday_text(WEDNESDAY, language="es") == "miércoles 10 de febrero de 2027"


def test_a_moment_names_its_zone():
    moment = datetime(2027, 2, 9, 18, 30, tzinfo=ZoneInfo("America/Lima"))

    assert moment_text(moment, language="en") == "9 February 2027, 18:30 (GMT-5)"
    assert moment_text(moment, language="es") == "9 de febrero de 2027, 18:30 (GMT-5)"


@pytest.mark.parametrize(
    ("days", "english", "spanish"),
    [
        ([(2, 10)], "10 February 2027", "10 de febrero de 2027"),
        ([(2, 11), (2, 10)], "10 and 11 February 2027", "10 y 11 de febrero de 2027"),
        ([(2, 10), (2, 11), (2, 12)], "10 to 12 February 2027", "10 a 12 de febrero de 2027"),
        ([(2, 10), (2, 10)], "10 February 2027", "10 de febrero de 2027"),
        ([(2, 10), (2, 12)], "10 February 2027 and 12 February 2027", "10 de febrero de 2027 y 12 de febrero de 2027"),
        ([(2, 28), (3, 1)], "28 February 2027 and 1 March 2027", "28 de febrero de 2027 y 1 de marzo de 2027"),
    ],
)
def test_several_days_are_one_phrase(days, english, spanish):
    dates = [date(2027, *day) for day in days]

    assert days_text(dates, language="en") == english
    assert days_text(dates, language="es") == spanish


def test_no_days_are_no_text():
    assert days_text([], language="en") == ""
