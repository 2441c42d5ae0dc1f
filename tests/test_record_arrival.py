"""News of mails that have left, and the address that has to be corrected when one came back."""

from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

import pytest

from registrations.details import FOCAL_POINT, PARTICIPANT, FocalPoint
from registrations.enums import Arrival, Delivery, MessageKind
from registrations.models import Delegation, DeliveryEvent, OutboxMessage, Participant
from registrations.operations.amend import amend
from registrations.operations.hand_over import hand_over
from registrations.operations.record_arrival import record_arrival, record_departure
from registrations.operations.resubmit import resubmit
from registrations.operations.return_for_correction import return_for_correction
from registrations.operations.withdraw import withdraw
from registrations.queries.mail_state import with_mail_state
from registrations.queries.participants import person_on_record
from tests.mail_rows import owed, sent
from tests.make import NOW, ORGANIZER, a_meeting, a_participant, a_pending_participant, a_person, kinds_owed_to, participants_of, sign_up

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)
SHARED = "mision@exteriores.example.com"


def a_sent_mail(**columns: object) -> OutboxMessage:
    """A notice that has left."""
    message = owed(a_pending_participant(a_meeting()), MessageKind.RECEIVED)
    OutboxMessage.objects.filter(pk=message.pk).update(**{"status": Delivery.SENT, "sent_at": NOW} | columns)
    message.refresh_from_db()
    return message


def hear(message: OutboxMessage, arrival: Arrival, *, key: str = "") -> OutboxMessage:
    key = sha256((key or f"{message.pk}{arrival}").encode()).hexdigest()
    return record_arrival(message, arrival=arrival, key=key, at=NOW + timedelta(minutes=5), now=LATER)


def events_of(participant: Participant) -> list[str]:
    return [entry.event for entry in participant.history.all()]


def corrected(participant: Participant, **fields: object) -> Participant:
    participant.refresh_from_db()
    return amend(participant, details=replace(person_on_record(participant), **fields), actor=PARTICIPANT, now=LATER + timedelta(hours=1))


# --- the mail -----------------------------------------------------------------------------------------------------------
def test_the_same_event_twice_is_noted_once() -> None:
    message = a_sent_mail()

    hear(message, Arrival.BOUNCED)
    hear(message, Arrival.BOUNCED)

    assert DeliveryEvent.objects.count() == 1
    assert events_of(message.participant) == ["register", "bounce"]


def test_every_event_is_kept_and_a_late_deferral_does_not_lower_a_delivery() -> None:
    message = a_sent_mail()

    hear(message, Arrival.DELIVERED)
    message = hear(message, Arrival.DEFERRED)

    assert message.arrival == Arrival.DELIVERED
    assert sorted(event.arrival for event in message.events.all()) == ["deferred", "delivered"]


@pytest.mark.parametrize(
    "columns",
    [
        {"status": Delivery.UNCERTAIN, "handed_over_at": NOW},
        {"status": Delivery.SENDING, "handed_over_at": NOW, "claimed_until": LATER},
        {"status": Delivery.QUEUED, "handed_over_at": NOW, "repeats": 1},
    ],
)
@pytest.mark.parametrize("arrival", [Arrival.DEFERRED, Arrival.DELIVERED, Arrival.BOUNCED])
def test_a_mail_in_doubt_of_which_news_come_has_left(columns: dict[str, object], arrival: Arrival) -> None:
    message = hear(a_sent_mail(**{"sent_at": None} | columns), arrival)

    message.refresh_from_db()
    assert (message.status, message.sent_at, message.handed_over_at, message.claimed_until) == (Delivery.SENT, NOW, None, None)
    assert message.arrival == arrival


def test_a_mail_in_doubt_that_the_provider_has_accepted_has_left() -> None:
    message = a_sent_mail(status=Delivery.UNCERTAIN, handed_over_at=NOW, sent_at=None)

    record_departure(message, at=LATER)

    message.refresh_from_db()
    assert (message.status, message.sent_at, message.arrival) == (Delivery.SENT, NOW, "")


@pytest.mark.parametrize("status", [Delivery.QUEUED, Delivery.FAILED, Delivery.SUPERSEDED])
def test_what_was_not_handed_over_stays_as_it_is(status: Delivery) -> None:
    message = hear(a_sent_mail(status=status, sent_at=None), Arrival.DEFERRED)

    message.refresh_from_db()
    assert (message.status, message.sent_at) == (status, None)


# --- the people -----------------------------------------------------------------------------------------------------------
def test_everybody_on_a_mailbox_from_which_mail_came_back_is_marked_and_nobody_else() -> None:
    meeting, other_meeting = a_meeting(), a_meeting()
    ana, berta = participants_of(sign_up(meeting, a_person(email=SHARED), a_person(email=SHARED)))
    elsewhere, other = a_participant(other_meeting, email=SHARED), a_participant(meeting)

    hear(owed(ana, MessageKind.INVITATION, session=1), Arrival.BOUNCED)

    assert set(Participant.objects.filter(bounced_at=LATER)) == {ana, berta}
    assert set(Participant.objects.filter(bounced_at=None)) == {elsewhere, other}
    assert [delegation.type.meeting for delegation in Delegation.objects.filter(focal_point_bounced_at=LATER)] == [meeting]


def test_a_focal_point_is_marked_who_is_no_participant() -> None:
    meeting = a_meeting()
    form = sign_up(meeting, focal_point=FocalPoint(name="Ana", email="ana@mision.example.org", language="es"))

    hear(OutboxMessage.objects.get(mailbox="ana@mision.example.org"), Arrival.BOUNCED)

    form.delegation.refresh_from_db()
    assert form.delegation.focal_point_bounced_at == LATER
    assert [entry.event for entry in form.delegation.history.filter(participant=None)] == ["focal point bounce"]
    assert Participant.objects.get().bounced_at is None


@pytest.mark.parametrize("arrival", [Arrival.DEFERRED, Arrival.DELIVERED, Arrival.COMPLAINED, Arrival.REJECTED])
def test_other_news_mark_nobody(arrival: Arrival) -> None:
    message = hear(a_sent_mail(), arrival)

    assert message.participant.bounced_at is None
    assert events_of(message.participant) == ["register"]


def test_a_second_bounce_is_no_news() -> None:
    message = a_sent_mail()
    hear(message, Arrival.BOUNCED, key="first")
    hear(message, Arrival.BOUNCED, key="second")

    assert events_of(message.participant) == ["register", "bounce"]


def test_the_focal_point_hears_of_it_by_digest_unless_it_was_their_own_mailbox() -> None:
    meeting, focal_point = a_meeting(), FocalPoint(name="Ana", email="ana@mision.example.org", language="en")
    [person] = participants_of(sign_up(meeting, focal_point=focal_point))
    hear(OutboxMessage.objects.get(mailbox="ana@mision.example.org"), Arrival.BOUNCED)
    assert OutboxMessage.objects.filter(kind=MessageKind.DIGEST).count() == 0

    hear(owed(person, MessageKind.INVITATION, session=1), Arrival.BOUNCED)

    assert [message.mailbox for message in OutboxMessage.objects.filter(kind=MessageKind.DIGEST)] == ["ana@mision.example.org"]


def test_an_erased_person_is_not_marked() -> None:
    message = a_sent_mail(mailbox="", recipient_email="")
    Participant.objects.update(email="", mailbox="", erased_at=NOW)

    hear(message, Arrival.BOUNCED)

    assert Participant.objects.get().bounced_at is None


# --- the corrected address ----------------------------------------------------------------------------------------------
def test_correcting_the_address_takes_the_mark_away_and_owes_the_notice_again() -> None:
    participant = a_pending_participant(a_meeting())
    hear(owed(participant, MessageKind.RECEIVED), Arrival.BOUNCED)

    participant = corrected(participant, email="right@example.org")

    assert participant.bounced_at is None
    assert kinds_owed_to(participant) == ["received"]


def test_correcting_anything_else_leaves_the_mark_and_owes_nothing() -> None:
    participant = a_pending_participant(a_meeting())
    hear(owed(participant, MessageKind.RECEIVED), Arrival.BOUNCED)

    participant = corrected(participant, position="Ministra", email=participant.email.upper())

    assert participant.bounced_at == LATER
    assert kinds_owed_to(participant) == ["received"]


def test_changing_an_address_that_works_owes_no_notice() -> None:
    participant = a_pending_participant(a_meeting())

    assert kinds_owed_to(corrected(participant, email="right@example.org")) == []


def test_somebody_confirmed_is_invited_at_the_corrected_address_and_nothing_goes_to_the_old_one() -> None:
    participant = a_participant(a_meeting(), sessions=frozenset({1}))
    invitation, old = owed(participant, MessageKind.INVITATION), participant.mailbox
    sent(invitation)
    hear(invitation, Arrival.BOUNCED)

    participant = corrected(participant, email="right@example.org")

    assert kinds_owed_to(participant) == ["invitation"]
    assert list(OutboxMessage.objects.filter(mailbox=old).exclude(kind=MessageKind.DIGEST)) == [invitation]


def test_an_entry_that_arrived_is_cancelled_although_a_later_mail_came_back() -> None:
    participant = a_participant(a_meeting())
    first, second = (owed(participant, MessageKind.INVITATION, session=number) for number in (1, 2))
    sent(first), sent(second)
    hear(first, Arrival.DELIVERED), hear(second, Arrival.BOUNCED)

    withdraw(participant, actor=PARTICIPANT, now=LATER)

    assert [message.session.number for message in OutboxMessage.objects.filter(kind=MessageKind.CANCELLATION)] == [1]


def test_a_returned_registration_sent_in_again_with_another_address_gets_one_notice() -> None:
    participant = a_pending_participant(a_meeting())
    return_for_correction(participant, fields=["email"], notes={"es": "No llega."}, actor=ORGANIZER, now=NOW)
    hear(owed(participant, MessageKind.RETURNED), Arrival.BOUNCED)
    participant.refresh_from_db()

    details = replace(person_on_record(participant), email="right@example.org")
    participant = resubmit(participant, details=details, actor=PARTICIPANT, now=LATER + timedelta(hours=1))

    assert participant.bounced_at is None
    assert kinds_owed_to(participant) == ["received"]


def test_a_new_address_of_the_focal_point_gets_the_link_and_the_old_one_no_farewell() -> None:
    meeting = a_meeting()
    form = sign_up(meeting, focal_point=FocalPoint(name="Ana", email="ana@mision.example.org", language="es"))
    hear(OutboxMessage.objects.get(mailbox="ana@mision.example.org"), Arrival.BOUNCED)

    right = FocalPoint(name="Ana", email="ana@mission.example.org", language="es")
    delegation = hand_over(form.delegation, focal_point=right, actor=FOCAL_POINT, now=LATER)

    assert delegation.focal_point_bounced_at is None
    assert [message.kind for message in OutboxMessage.objects.filter(mailbox="ana@mission.example.org")] == [MessageKind.DELEGATION_LINK]
    assert OutboxMessage.objects.filter(kind=MessageKind.HANDED_OVER).count() == 0


# --- in words ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("columns", "state"),
    [
        ({"status": Delivery.SENT}, "sent"),
        ({"status": Delivery.SENT, "arrival": Arrival.DELIVERED}, "delivered"),
        ({"status": Delivery.SENT, "arrival": Arrival.COMPLAINED}, "delivered"),
        ({"status": Delivery.SENT, "arrival": Arrival.DEFERRED}, "deferred"),
        ({"status": Delivery.SENT, "arrival": Arrival.REJECTED}, "failed"),
        ({"status": Delivery.UNCERTAIN}, "queued"),
        ({"status": Delivery.UNCERTAIN, "repeats": 1}, "uncertain"),
        ({"status": Delivery.FAILED}, "failed"),
        ({"status": Delivery.SUPERSEDED}, ""),
    ],
)
def test_the_state_of_a_persons_mails(columns: dict[str, object], state: str) -> None:
    a_sent_mail(**columns)

    assert with_mail_state(Participant.objects.all()).get().mail_state == state


def test_the_last_mail_that_left_tells_and_a_bounce_before_all() -> None:
    participant = a_participant(a_meeting())
    first, second = participant.outbox.order_by("session__number")
    OutboxMessage.objects.filter(pk=first.pk).update(status=Delivery.SENT, sent_at=NOW, arrival=Arrival.DEFERRED)
    OutboxMessage.objects.filter(pk=second.pk).update(status=Delivery.SENT, sent_at=LATER, arrival=Arrival.DELIVERED)
    assert with_mail_state(Participant.objects.all()).get().mail_state == "delivered"

    hear(first, Arrival.BOUNCED)

    assert with_mail_state(Participant.objects.all()).get().mail_state == "bounced"
