from datetime import UTC, datetime, timedelta

import pytest

from registrations.rules.registration_window import Window, WindowState, registration_window, takes_registrations

OPENS = datetime(2027, 1, 18, 8, tzinfo=UTC)
CLOSES = datetime(2027, 2, 9, 22, 59, 59, tzinfo=UTC)
STARTS = datetime(2027, 2, 10, 14, tzinfo=UTC)
ENDS = datetime(2027, 2, 11, 17, tzinfo=UTC)
INSTANT = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (OPENS - INSTANT, Window(WindowState.NOT_YET, OPENS)),
        (OPENS, Window(WindowState.OPEN, CLOSES)),
        (CLOSES - INSTANT, Window(WindowState.OPEN, CLOSES)),
        (CLOSES, Window(WindowState.CLOSED, CLOSES)),
        (ENDS - INSTANT, Window(WindowState.CLOSED, CLOSES)),
        (ENDS, Window(WindowState.OVER, STARTS)),
    ],
)
def test_window_at_each_of_its_edges(now, expected):
    assert registration_window(OPENS, CLOSES, STARTS, ENDS, now) == expected


def test_window_without_dates_is_open_until_the_last_session_ends():
    assert registration_window(None, None, STARTS, ENDS, STARTS) == Window(WindowState.OPEN, ENDS)


def test_window_never_outlasts_the_meeting():
    assert registration_window(None, ENDS + timedelta(days=9), STARTS, ENDS, STARTS) == Window(WindowState.OPEN, ENDS)


@pytest.mark.parametrize("now", [OPENS, ENDS])
def test_window_of_a_meeting_whose_sessions_are_all_cancelled_says_so(now):
    window = registration_window(OPENS, CLOSES, None, None, now, cancelled_starts_at=STARTS)

    assert window == Window(WindowState.CANCELLED, STARTS)
    assert [takes_registrations(window, is_organizer=who) for who in (True, False)] == [False, False]


def test_window_of_a_meeting_without_sessions_is_not_open():
    assert registration_window(None, CLOSES, None, None, STARTS) == Window(WindowState.NOT_YET, None)


def test_only_an_open_window_is_open():
    assert [Window(state, None).is_open for state in WindowState] == [False, True, False, False, False]
