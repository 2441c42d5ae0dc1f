from dataclasses import replace

import pytest

from registrations.details import FOCAL_POINT, PARTICIPANT
from registrations.enums import Delivery, Status
from registrations.errors import AlreadyRegistered, TooLateToChange, TransitionNotAllowed, UnknownSession
from registrations.models import Meeting, OutboxMessage, Participant
from registrations.operations.decline import decline
from registrations.operations.return_for_correction import return_for_correction
from registrations.operations.substitute import substitute
from registrations.operations.withdraw import withdraw
from registrations.queries.participants import person_on_record
from tests.mail_rows import event_in, octets, owed, sent
from tests.make import (
    NOW,
    ORGANIZER,
    a_meeting,
    a_participant,
    a_pending_participant,
    a_person,
    confirmed,
    kinds_owed_to,
    participants_of,
    sign_up,
    status_of,
)

pytestmark = pytest.mark.django_db
LATER = NOW.replace(hour=12)


def substituted(participant: Participant, *, actor=FOCAL_POINT, **fields) -> Participant:
    return substitute(participant, details=a_person(**fields), actor=actor, now=LATER)


def test_the_newcomer_takes_the_place_and_the_seat():
    meeting = a_meeting(seats=1)
    former, waiting = a_participant(meeting), a_participant(meeting)

    newcomer = substituted(former)

    assert [status_of(each) for each in (former, newcomer, waiting)] == [Status.WITHDRAWN, Status.CONFIRMED, Status.WAITING]
    assert (newcomer.order, newcomer.in_place_of, newcomer.source) == (former.order, former, "delegation page")


def test_the_calendar_of_the_one_who_leaves_is_cancelled_and_the_newcomers_is_sent():
    former = a_participant(a_meeting(), sessions=frozenset({1, 2}))
    for message in OutboxMessage.objects.all():
        sent(message)

    newcomer = substituted(former, sessions=frozenset({2}))

    assert kinds_owed_to(former) == ["invitation", "invitation", "cancellation", "cancellation"]
    assert kinds_owed_to(newcomer) == ["invitation"]
    cancelled = event_in(octets(sent(owed(former, "cancellation", session=1), now=LATER)))
    assert (cancelled.status.value, cancelled.sequence.value) == ("CANCELLED", "1")
    assert event_in(octets(sent(owed(newcomer, "invitation"), now=LATER))).attendee.params["CN"] == [newcomer.full_name]


def test_on_a_shared_mailbox_the_entry_is_kept_under_the_new_name():
    former = a_participant(a_meeting(), email="mission@example.org", sessions=frozenset({1, 2}))
    for message in OutboxMessage.objects.all():
        sent(message)

    newcomer = substituted(former, email="mission@example.org", sessions=frozenset({2}))

    queued = OutboxMessage.objects.filter(status=Delivery.QUEUED).order_by("session__number")
    assert [(message.kind, message.session.number) for message in queued] == [("cancellation", 1), ("invitation", 2)]
    update = event_in(octets(sent(owed(newcomer, "invitation"), now=LATER)))
    assert (update.sequence.value, update.attendee.params["CN"]) == ("1", [newcomer.full_name])


def test_history_keeps_both():
    former = a_participant(a_meeting())

    newcomer = substituted(former)

    assert [entry.event for entry in former.history.all()] == ["register", "substitute"]
    assert [(entry.event, entry.actor) for entry in newcomer.history.all()] == [("take the place", "focal point")]


def test_a_place_on_the_waiting_list_keeps_its_turn():
    meeting = a_meeting(seats=1)
    seated, second, third = (a_participant(meeting, now=NOW.replace(minute=minute)) for minute in range(3))

    newcomer = substituted(second)
    withdraw(seated, actor=PARTICIPANT, now=LATER.replace(hour=13))

    assert [status_of(each) for each in (newcomer, third)] == [Status.CONFIRMED, Status.WAITING]
    assert kinds_owed_to(newcomer) == ["waiting", "invitation", "invitation"]


def test_a_newcomer_stays_in_front_of_those_who_signed_up_on_the_same_form():
    meeting = a_meeting(seats=1)
    seated = a_participant(meeting)
    first, second = participants_of(sign_up(meeting, a_person(), a_person()))
    newcomer = substitute(first, details=a_person(), actor=FOCAL_POINT, now=NOW)

    withdraw(seated, actor=PARTICIPANT, now=NOW)

    assert [status_of(each) for each in (newcomer, second)] == [Status.CONFIRMED, Status.WAITING]


def test_where_the_type_is_reviewed_the_difference_waits_for_an_organizers_eye():
    former = confirmed(a_pending_participant(a_meeting(), position="Directora"))

    newcomer = substituted(former, position="Asesor", given_names="Juan", family_names="Paz")

    assert newcomer.status == Status.CONFIRMED
    assert newcomer.to_review == {
        "given_names": [former.given_names, "Juan"],
        "family_names": ["Muñoz Peña", "Paz"],
        "position": ["Directora", "Asesor"],
    }


def test_in_the_place_of_somebody_returned_the_newcomer_goes_to_the_desk():
    former = a_pending_participant(a_meeting())
    return_for_correction(former, fields=["position"], notes={"es": "Cargo completo."}, actor=ORGANIZER, now=NOW)

    newcomer = substituted(former)

    assert (newcomer.status, newcomer.correction) == (Status.PENDING, {})
    assert kinds_owed_to(newcomer) == ["received"]


def test_nobody_takes_the_place_of_somebody_who_was_declined():
    former = a_pending_participant(a_meeting())
    decline(former, reasons={"es": "Lista cerrada."}, actor=ORGANIZER, now=NOW)

    with pytest.raises(TransitionNotAllowed):
        substituted(former)

    assert former.delegation.participants.count() == 1


def test_somebody_of_the_delegation_cannot_take_a_second_place():
    meeting = a_meeting()
    former, other = a_participant(meeting), a_participant(meeting)

    with pytest.raises(AlreadyRegistered):
        substitute(former, details=person_on_record(other), actor=FOCAL_POINT, now=LATER)

    assert [status_of(former), former.history.count()] == [Status.CONFIRMED, 1]


def test_a_session_that_does_not_exist_is_refused():
    former = a_participant(a_meeting())

    with pytest.raises(UnknownSession):
        substituted(former, sessions=frozenset({9}))

    assert status_of(former) == Status.CONFIRMED


def test_after_closing_only_an_organizer_substitutes(admin_user):
    former = a_participant(a_meeting())
    Meeting.objects.update(registration_closes_at=NOW)

    with pytest.raises(TooLateToChange):
        substituted(former)
    assert status_of(former) == Status.CONFIRMED

    newcomer = substituted(former, actor=replace(ORGANIZER, user_id=admin_user.pk))
    assert status_of(newcomer) == Status.CONFIRMED
