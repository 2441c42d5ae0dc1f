import pytest

from registrations.details import FOCAL_POINT
from registrations.models import HistoryEntry, Participant
from registrations.operations.arrange import arrange
from registrations.rules.precedence import moved, placed
from tests.make import NOW, a_meeting, a_participant


@pytest.mark.parametrize(
    ("key", "by", "order"),
    [(7, -1, [5, 7, 6, 8]), (5, 1, [6, 5, 7, 8]), (5, -1, [5, 6, 7, 8]), (8, 1, [5, 6, 7, 8]), (9, 1, [5, 6, 7, 8])],
)
def test_moving_by_one_place_stops_at_the_ends(key, by, order):
    assert moved([5, 6, 7, 8], key, by=by) == order


@pytest.mark.parametrize(
    ("places", "order"),
    [
        ({}, [5, 6, 7, 8]),
        ({8: 1}, [8, 5, 6, 7]),
        ({5: 3}, [6, 7, 5, 8]),
        ({5: 99}, [6, 7, 8, 5]),
        ({5: 2, 6: 1}, [6, 5, 7, 8]),
        ({5: 4, 6: 3, 7: 2, 8: 1}, [8, 7, 6, 5]),
        ({7: 1, 8: 1}, [7, 8, 5, 6]),
    ],
)
def test_whoever_was_given_a_place_has_it(places, order):
    assert placed([5, 6, 7, 8], places) == order


@pytest.mark.django_db
def test_the_delegation_stands_in_the_new_order_and_history_says_so():
    meeting = a_meeting()
    first, second, third = (a_participant(meeting) for _ in range(3))

    arrange(first.delegation, order=[third.pk, first.pk], actor=FOCAL_POINT, now=NOW)

    assert list(Participant.objects.order_by("order")) == [third, first, second]
    assert HistoryEntry.objects.get(participant=None).event == "arrange"


@pytest.mark.django_db
def test_an_order_that_changes_nothing_writes_nothing():
    meeting = a_meeting()
    first, second = a_participant(meeting), a_participant(meeting)

    arrange(first.delegation, order=[first.pk, second.pk], actor=FOCAL_POINT, now=NOW)

    assert not HistoryEntry.objects.filter(participant=None).exists()


@pytest.mark.django_db
def test_somebody_of_another_delegation_is_not_touched():
    first, stranger = a_participant(a_meeting()), a_participant(a_meeting())

    arrange(first.delegation, order=[stranger.pk, first.pk], actor=FOCAL_POINT, now=NOW)

    assert Participant.objects.get(pk=stranger.pk).order == 1
