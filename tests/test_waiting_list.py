from datetime import timedelta

import pytest

from registrations.enums import Status
from registrations.errors import NoSeatsLeft
from registrations.models import Meeting
from registrations.operations.decline import decline
from registrations.operations.waiting_list import admit_waiting, fill_free_seats
from registrations.operations.withdraw import withdraw
from tests.make import (
    NOW,
    ORGANIZER,
    a_meeting,
    a_participant,
    a_pending_participant,
    a_person,
    an_entity,
    confirmed,
    kinds_owed_to,
    participants_of,
    sign_up,
    status_of,
)

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


def test_withdrawing_hands_the_seat_to_the_next_in_line():
    meeting = a_meeting(seats=1)
    first, second, third = (a_participant(meeting, now=NOW + timedelta(minutes=minute)) for minute in range(3))

    withdraw(first, actor=ORGANIZER, now=LATER)

    assert [status_of(participant) for participant in (first, second, third)] == [Status.WITHDRAWN, Status.CONFIRMED, Status.WAITING]
    assert kinds_owed_to(second) == ["waiting", "invitation", "invitation"]
    assert [entry.actor for entry in second.history.all()] == ["public form", "system"]


def test_declining_somebody_confirmed_hands_on_the_seat():
    meeting = a_meeting(seats=1)
    first, second = a_participant(meeting), a_participant(meeting)

    decline(first, reasons={"es": "Duplicada."}, actor=ORGANIZER, now=LATER)

    assert [status_of(first), status_of(second)] == [Status.DECLINED, Status.CONFIRMED]


def test_somebody_under_review_takes_no_seat_until_confirmed():
    meeting = a_meeting(seats=1)
    pending = a_pending_participant(meeting)

    assert status_of(a_participant(meeting)) == Status.CONFIRMED
    assert confirmed(pending, now=LATER).status == Status.WAITING
    assert kinds_owed_to(pending) == ["received", "waiting"]


def test_nobody_is_confirmed_from_the_waiting_list_while_the_seats_are_taken():
    meeting = a_meeting(seats=1)
    a_participant(meeting)
    waiting = a_participant(meeting)

    with pytest.raises(NoSeatsLeft):
        confirmed(waiting)

    assert status_of(waiting) == Status.WAITING


def test_more_seats_are_filled_in_order_of_arrival():
    meeting = a_meeting(seats=1)
    people = [a_participant(meeting, now=NOW + timedelta(minutes=minute)) for minute in range(4)]
    Meeting.objects.update(seats=3)
    meeting.refresh_from_db()

    assert fill_free_seats(meeting, now=LATER) == people[1:3]


def test_a_delegation_that_has_its_places_keeps_no_other_delegation_waiting():
    meeting = a_meeting(seats=3)
    meeting.delegation_types.filter(code="geneva_mission").update(seats_per_delegation=1)
    first, second = participants_of(sign_up(meeting, a_person(), a_person(), entity="PE"))
    an_entity("EC", "Ecuador", "Ecuador")
    third = participants_of(sign_up(meeting, a_person(), entity="EC"))[0]

    assert [status_of(person) for person in (first, second, third)] == [Status.CONFIRMED, Status.WAITING, Status.CONFIRMED]
    withdraw(third, actor=ORGANIZER, now=LATER)
    assert status_of(second) == Status.WAITING
    withdraw(first, actor=ORGANIZER, now=LATER)
    assert status_of(second) == Status.CONFIRMED


def test_the_seats_of_a_type_are_shared_by_its_delegations():
    meeting = a_meeting()
    meeting.delegation_types.filter(code="geneva_mission").update(seats=1)
    first = participants_of(sign_up(meeting, a_person(), entity="PE"))[0]
    an_entity("EC", "Ecuador", "Ecuador")
    second = participants_of(sign_up(meeting, a_person(), entity="EC"))[0]

    assert (status_of(first), status_of(second)) == (Status.CONFIRMED, Status.WAITING)
    assert confirmed(a_pending_participant(meeting)).status == Status.CONFIRMED


def test_raising_a_limit_lets_in_those_who_wait():
    meeting = a_meeting(seats=1)
    people = [a_participant(meeting, now=NOW + timedelta(minutes=minute)) for minute in range(3)]
    Meeting.objects.update(seats=2)

    assert admit_waiting(meeting, now=LATER) == [people[1]]


def test_when_the_limit_is_lifted_everybody_gets_in():
    meeting = a_meeting(seats=0)
    people = [a_participant(meeting) for _ in range(3)]
    meeting.seats = None

    assert fill_free_seats(meeting, now=LATER) == people
