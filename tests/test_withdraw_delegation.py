import pytest

from registrations.details import FOCAL_POINT
from registrations.enums import Status
from registrations.errors import NobodyToWithdraw
from registrations.models import OutboxMessage
from registrations.operations.withdraw_delegation import withdraw_delegation
from tests.make import NOW, a_meeting, a_participant, a_person, kinds_owed_to, participants_of, sign_up, status_of

pytestmark = pytest.mark.django_db
LATER = NOW.replace(hour=12)


def test_everybody_is_withdrawn_and_the_seats_go_to_others():
    meeting = a_meeting(seats=2)
    chile = participants_of(sign_up(meeting, a_person(), a_person(), a_person(), entity="CL"))
    peru = [a_participant(meeting, now=NOW.replace(minute=minute)) for minute in (1, 2, 3)]

    withdraw_delegation(chile[0].delegation, actor=FOCAL_POINT, now=LATER)

    assert [status_of(each) for each in chile] == [Status.WITHDRAWN] * 3
    assert [status_of(each) for each in peru] == [Status.CONFIRMED, Status.CONFIRMED, Status.WAITING]


def test_nobody_of_the_delegation_is_confirmed_on_the_way_out():
    meeting = a_meeting(seats=1)
    _seated, waiting = participants_of(sign_up(meeting, a_person(), a_person()))

    withdraw_delegation(waiting.delegation, actor=FOCAL_POINT, now=LATER)

    assert kinds_owed_to(waiting) == ["waiting"]


def test_a_delegation_without_anybody_left_is_refused_and_says_so():
    participant = a_participant(a_meeting())
    withdraw_delegation(participant.delegation, actor=FOCAL_POINT, now=NOW)
    mails = OutboxMessage.objects.count()

    with pytest.raises(NobodyToWithdraw, match="Peru: nobody is registered any more"):
        withdraw_delegation(participant.delegation, actor=FOCAL_POINT, now=LATER)

    assert OutboxMessage.objects.count() == mails
