"""The decisions about news of a mail that has left."""

from itertools import permutations

import pytest
from anymail.signals import EventType, RejectReason

from registrations.enums import Arrival
from registrations.rules.arrivals import arrival_of_event, arrival_of_report, furthest, is_acceptance


@pytest.mark.parametrize(
    ("heard", "final"),
    [
        ([Arrival.DEFERRED, Arrival.DELIVERED], Arrival.DELIVERED),
        ([Arrival.DEFERRED, Arrival.DEFERRED, Arrival.BOUNCED], Arrival.BOUNCED),
        ([Arrival.DELIVERED, Arrival.COMPLAINED], Arrival.COMPLAINED),
        ([Arrival.DELIVERED, Arrival.BOUNCED], Arrival.BOUNCED),
        ([Arrival.REJECTED], Arrival.REJECTED),
        ([Arrival.DEFERRED, Arrival.DELIVERED, Arrival.COMPLAINED], Arrival.COMPLAINED),
    ],
)
def test_the_most_final_news_stands_in_whatever_order_they_come(heard: list[Arrival], final: Arrival) -> None:
    for order in permutations(heard):
        known = ""
        for arrival in order:
            known = furthest(known, arrival)
        assert known == final


def test_of_two_that_end_it_the_first_stands() -> None:
    assert furthest(Arrival.BOUNCED, Arrival.COMPLAINED) == Arrival.BOUNCED
    assert furthest(Arrival.COMPLAINED, Arrival.BOUNCED) == Arrival.COMPLAINED


@pytest.mark.parametrize(
    ("event", "reason", "kind", "answer", "arrival"),
    [
        (EventType.DELIVERED, "", "", "250 2.0.0 OK", Arrival.DELIVERED),
        (EventType.DEFERRED, "", "", "451 4.7.1 greylisted", Arrival.DEFERRED),
        (EventType.COMPLAINED, RejectReason.SPAM, "abuse", "", Arrival.COMPLAINED),
        (EventType.BOUNCED, RejectReason.BOUNCED, "HardBounce", "smtp;550 5.1.1 unknown", Arrival.BOUNCED),
        (EventType.BOUNCED, RejectReason.BOUNCED, "", "", Arrival.BOUNCED),
        (EventType.BOUNCED, RejectReason.BOUNCED, "SoftBounce", "", Arrival.DEFERRED),
        (EventType.BOUNCED, RejectReason.BOUNCED, "soft_bounce", "", Arrival.DEFERRED),
        (EventType.BOUNCED, RejectReason.BOUNCED, "Transient: MailboxFull", "", Arrival.DEFERRED),
        (EventType.BOUNCED, RejectReason.BOUNCED, "Permanent: General", "smtp; 550 5.1.1 user unknown", Arrival.BOUNCED),
        (EventType.BOUNCED, "", "bounce blocked", "", Arrival.DEFERRED),
        (EventType.BOUNCED, "", "bounce", "452 4.2.2 The mailbox is full", Arrival.DEFERRED),
        (EventType.REJECTED, RejectReason.INVALID, "", "", Arrival.BOUNCED),
        (EventType.REJECTED, RejectReason.BOUNCED, "", "", Arrival.BOUNCED),
        (EventType.REJECTED, RejectReason.BLOCKED, "", "", Arrival.REJECTED),
        (EventType.REJECTED, RejectReason.SPAM, "", "", Arrival.REJECTED),
        (EventType.FAILED, "", "", "", Arrival.REJECTED),
        (EventType.OPENED, "", "", "", None),
        (EventType.AUTORESPONDED, "", "", "", None),
        (EventType.UNKNOWN, "", "", "", None),
        (EventType.SENT, "", "", "", None),
    ],
)
def test_only_hard_bounces_have_bounced(event: str, reason: str, kind: str, answer: str, arrival: Arrival | None) -> None:
    assert arrival_of_event(event, reason=reason, kind=kind, answer=answer) == arrival


def test_what_the_provider_has_accepted_has_left() -> None:
    assert [event for event in (EventType.QUEUED, EventType.SENT, EventType.OPENED, EventType.UNKNOWN) if is_acceptance(event)] == ["queued", "sent"]


@pytest.mark.parametrize(
    ("action", "status", "arrival"),
    [
        ("failed", "5.1.1", Arrival.BOUNCED),
        ("failed", "5.0.0", Arrival.BOUNCED),
        ("failed", "", Arrival.BOUNCED),
        ("failed", "4.4.7", Arrival.BOUNCED),
        ("failed", "4.2.2", Arrival.DEFERRED),
        ("delayed", "4.4.1", Arrival.DEFERRED),
        ("delivered", "2.1.5", Arrival.DELIVERED),
        ("relayed", "2.0.0", None),
        ("expanded", "2.0.0", None),
        ("", "5.1.1", None),
    ],
)
def test_what_a_delivery_status_notification_says(action: str, status: str, arrival: Arrival | None) -> None:
    assert arrival_of_report(action, status=status) == arrival
