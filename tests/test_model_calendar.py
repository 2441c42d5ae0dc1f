"""The calendar client of the tests: what it shows, and what it complains about."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from registrations.calendars.invitation import Entry, cancellation, request
from tests.model_calendar import ModelCalendar

STAMP = datetime(2021, 1, 15, 10, tzinfo=UTC)
LATER = STAMP + timedelta(hours=1)
ENTRY = Entry(
    uid="3b0f6c1e@example.org",
    language="es",
    starts_at=datetime(2021, 2, 10, 14, tzinfo=UTC),
    ends_at=datetime(2021, 2, 10, 17, tzinfo=UTC),
    summary="Sesión 1",
    description="",
    location="",
    organizer="desk@example.org",
    organizer_name="Secretaría",
    attendee="ana@example.org",
    attendee_name="Ana Paz",
    url="https://example.org/es/p/1/",
    join_url="",
    join_label="",
    created_at=STAMP,
)
MOVED = replace(ENTRY, starts_at=ENTRY.starts_at + timedelta(hours=1), ends_at=ENTRY.ends_at + timedelta(hours=1))
FIRST = request(ENTRY, sequence=0, dtstamp=STAMP)
UPDATE = request(MOVED, sequence=1, dtstamp=LATER)
FAREWELL = cancellation(MOVED, sequence=2, dtstamp=LATER)


def fed(*files: bytes) -> ModelCalendar:
    calendar = ModelCalendar()
    for file in files:
        calendar.apply(file)
    return calendar


def shown(entry: Entry) -> set[object]:
    return {(entry.summary, entry.starts_at, entry.ends_at)}


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ([FIRST], shown(ENTRY)),
        ([FIRST, FIRST], shown(ENTRY)),
        ([FIRST, UPDATE], shown(MOVED)),
        ([FIRST, UPDATE, FAREWELL], set()),
        ([FIRST, UPDATE, FAREWELL, request(ENTRY, sequence=3, dtstamp=LATER)], shown(ENTRY)),
        ([FIRST, request(MOVED, sequence=0, dtstamp=LATER)], shown(MOVED)),
        ([FIRST, request(replace(MOVED, uid="another@example.org"), sequence=0, dtstamp=STAMP)], shown(ENTRY) | shown(MOVED)),
    ],
)
def test_the_latest_version_is_shown(files: list[bytes], expected: set[object]) -> None:
    calendar = fed(*files)

    assert (calendar.shown(), calendar.faults) == (expected, [])


@pytest.mark.parametrize(
    ("files", "complaint"),
    [
        ([FAREWELL], "cancels what never was there"),
        ([UPDATE, FIRST], "out of order"),
        ([UPDATE, request(ENTRY, sequence=1, dtstamp=STAMP)], "out of order"),
        ([FIRST, request(MOVED, sequence=0, dtstamp=STAMP)], "two versions under one number"),
        ([FIRST, request(replace(MOVED, organizer="other@example.org"), sequence=1, dtstamp=LATER)], "another organizer"),
        ([FIRST, request(replace(MOVED, attendee="rosa@example.org"), sequence=1, dtstamp=LATER)], "another attendee"),
        ([FIRST, cancellation(ENTRY, sequence=0, dtstamp=LATER)], "a cancellation without a number of its own"),
        ([FIRST, cancellation(MOVED, sequence=1, dtstamp=LATER)], "cancels other hours"),
    ],
)
def test_what_breaks_the_rules_is_noted(files: list[bytes], complaint: str) -> None:
    assert fed(*files).faults == [f"{ENTRY.uid}: {complaint}"]


def test_what_is_out_of_order_is_not_shown() -> None:
    assert fed(UPDATE, FIRST).shown() == shown(MOVED)


def test_a_cancellation_may_come_alone_where_the_invitation_may_have_been_lost() -> None:
    calendar = ModelCalendar(may_not_have_left={ENTRY.uid})

    calendar.apply(FAREWELL)

    assert (calendar.shown(), calendar.faults) == (set(), [])
