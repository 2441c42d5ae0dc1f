import pytest

from registrations.details import PARTICIPANT
from registrations.enums import Status
from registrations.models import OutboxMessage
from registrations.operations.decline import decline
from registrations.operations.withdraw import withdraw
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


def test_withdrawing_owes_a_cancellation_for_each_session_attended():
    participant = a_participant(a_meeting(sessions=3), sessions=frozenset({1, 3}))

    withdraw(participant, actor=PARTICIPANT, now=NOW)

    cancellations = OutboxMessage.objects.filter(kind="cancellation").order_by("session__number")
    assert [(message.session.number, message.facts, message.mailbox) for message in cancellations] == [
        (1, {"because": "withdrawn"}, participant.mailbox),
        (3, {"because": "withdrawn"}, participant.mailbox),
    ]


def test_withdrawing_before_confirmation_owes_no_mail():
    participant = a_pending_participant(a_meeting())

    withdraw(participant, actor=PARTICIPANT, now=NOW)

    assert status_of(participant) == Status.WITHDRAWN
    assert kinds_owed_to(participant) == ["received"]


def test_while_somebody_else_on_the_mailbox_attends_the_entry_is_updated_instead():
    submission = sign_up(a_meeting(), a_person(email="mision@example.org"), a_person(email="mision@example.org", sessions=frozenset({1})))
    leaving, staying = participants_of(submission)

    withdraw(leaving, actor=PARTICIPANT, now=NOW)

    farewells = OutboxMessage.objects.filter(unique_key__endswith=f":{leaving.history.last().pk}").order_by("session__number")
    assert [(message.kind, message.session.number, message.participant_id) for message in farewells] == [
        ("invitation", 1, staying.pk),
        ("cancellation", 2, leaving.pk),
    ]


def test_declining_somebody_confirmed_gives_the_reason_and_cancels_the_entries():
    participant = confirmed(a_pending_participant(a_meeting(), language="en"))

    decline(participant, reasons={"en": "The seats are for States.", "es": "Las plazas son para los Estados."}, actor=ORGANIZER, now=NOW)

    assert sorted(kinds_owed_to(participant)) == ["cancellation", "cancellation", "declined", "invitation", "invitation", "received"]
    assert OutboxMessage.objects.get(kind="declined").facts == {"reason": "The seats are for States."}
