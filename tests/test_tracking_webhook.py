"""News of mails as providers post them, through the real address."""

import importlib
import json
from base64 import b64encode
from collections.abc import Callable, Iterator
from copy import deepcopy
from hashlib import sha256
from hmac import new as hmac
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client
from django.urls import clear_url_caches
from pytest_django import Settings

import dialogo.urls
from registrations.enums import Arrival, Delivery, MessageKind
from registrations.mail.envelope import message_id
from registrations.models import DeliveryEvent, OutboxMessage
from registrations.operations import record_arrival as operation
from tests.mail_rows import owed
from tests.make import NOW, a_meeting, a_pending_participant

pytestmark = pytest.mark.django_db
SECRET = "provider:a-long-password-that-nobody-guesses"
SIGNING_KEY = "key-of-mailgun"
Post = Callable[..., int]


@pytest.fixture
def post(settings: Settings) -> Iterator[Post]:
    """`post("postmark", payload)` posts an event as the provider does; the status of the answer."""
    settings.ANYMAIL_WEBHOOK_SECRET = SECRET
    settings.ANYMAIL = {"MAILGUN_API_KEY": "key", "MAILGUN_WEBHOOK_SIGNING_KEY": SIGNING_KEY}
    importlib.reload(dialogo.urls)
    clear_url_caches()

    def post_event(provider: str, payload: Any, *, secret: str = SECRET, raising: bool = True) -> int:
        headers = {"authorization": "Basic " + b64encode(secret.encode()).decode()}
        client = Client(raise_request_exception=raising)
        return client.post(f"/anymail/{provider}/tracking/", json.dumps(payload), content_type="application/json", headers=headers).status_code

    yield post_event
    settings.ANYMAIL_WEBHOOK_SECRET = ""
    importlib.reload(dialogo.urls)
    clear_url_caches()


def a_sent_mail(**columns: object) -> OutboxMessage:
    message = owed(a_pending_participant(a_meeting(), email="maria@exteriores.example.com"), MessageKind.RECEIVED)
    OutboxMessage.objects.filter(pk=message.pk).update(**{"status": Delivery.SENT, "sent_at": NOW} | columns)
    message.refresh_from_db()
    return message


def now_of(message: OutboxMessage) -> tuple[str, str]:
    message.refresh_from_db()
    return message.status, message.arrival


# --- what providers post ------------------------------------------------------------------------------------------------
def postmark_delivery(message: OutboxMessage) -> dict[str, Any]:
    return {
        "RecordType": "Delivery",
        "ServerID": 23,
        "MessageStream": "outbound",
        "MessageID": "883953f4-6105-42a2-a16a-77a8eac79483",
        "Recipient": message.recipient_email,
        "Tag": "",
        "DeliveredAt": "2027-01-20T10:05:00Z",
        "Details": "smtp;250 2.0.0 OK",
        "Metadata": {"outbox_id": str(message.pk)},
    }


def postmark_bounce(message: OutboxMessage, *, kind: str = "HardBounce") -> dict[str, Any]:
    return {
        "RecordType": "Bounce",
        "MessageStream": "outbound",
        "ID": 4323372036854775807,
        "Type": kind,
        "TypeCode": 1,
        "Name": "Hard bounce",
        "Tag": "",
        "MessageID": "883953f4-6105-42a2-a16a-77a8eac79483",
        "Metadata": {"outbox_id": str(message.pk)},
        "ServerID": 23,
        "Description": "The server was unable to deliver your message (ex: unknown user, mailbox not found).",
        "Details": "smtp;550 5.1.1 The email account that you tried to reach does not exist.",
        "Email": message.recipient_email,
        "From": "registration@dialogo.example.org",
        "BouncedAt": "2027-01-20T10:06:00Z",
        "DumpAvailable": True,
        "Inactive": True,
        "CanActivate": True,
        "Subject": "Registro recibido",
    }


def postmark_complaint(message: OutboxMessage) -> dict[str, Any]:
    return postmark_bounce(message, kind="SpamComplaint") | {"RecordType": "SpamComplaint", "ID": 42, "Details": ""}


def mailgun_event(message: OutboxMessage, event: str, **data: Any) -> dict[str, Any]:
    token, timestamp = sha256(event.encode()).hexdigest()[:50], "1800000000"
    signature = hmac(SIGNING_KEY.encode(), f"{timestamp}{token}".encode(), sha256).hexdigest()
    about = {
        "event": event,
        "id": "W3X4JOhFT-OZidZGKKr9iA",
        "timestamp": 1800000000.5,
        "recipient": message.recipient_email,
        "message": {"headers": {"to": message.recipient_email, "message-id": message_id(message).strip("<>"), "from": "a@b"}},
        "user-variables": {"outbox_id": str(message.pk)},
    }
    return {"signature": {"timestamp": timestamp, "token": token, "signature": signature}, "event-data": about | data}


def mailgun_failure(message: OutboxMessage, *, severity: str) -> dict[str, Any]:
    status = {"code": 550, "message": "5.1.1 unknown", "description": ""}
    return mailgun_event(message, "failed", **{"severity": severity, "reason": "bounce", "delivery-status": status})


# --- what follows -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("provider", "payload", "arrival"),
    [
        ("postmark", postmark_delivery, Arrival.DELIVERED),
        ("postmark", postmark_bounce, Arrival.BOUNCED),
        ("postmark", lambda message: postmark_bounce(message, kind="SoftBounce") | {"Details": ""}, Arrival.DEFERRED),
        ("postmark", lambda message: postmark_bounce(message, kind="Transient") | {"Details": ""}, Arrival.DEFERRED),
        ("postmark", lambda message: postmark_bounce(message, kind="Blocked"), Arrival.REJECTED),
        ("postmark", postmark_complaint, Arrival.COMPLAINED),
        ("mailgun", lambda message: mailgun_event(message, "delivered", **{"delivery-status": {"code": 250, "message": "OK"}}), Arrival.DELIVERED),
        ("mailgun", lambda message: mailgun_failure(message, severity="permanent"), Arrival.BOUNCED),
        ("mailgun", lambda message: mailgun_failure(message, severity="temporary"), Arrival.DEFERRED),
        ("mailgun", lambda message: mailgun_event(message, "complained"), Arrival.COMPLAINED),
        ("mailgun", lambda message: mailgun_event(message, "opened"), ""),
    ],
)
def test_an_event_is_noted_on_its_mail(post: Post, provider: str, payload: Callable[[OutboxMessage], Any], arrival: str) -> None:
    message = a_sent_mail()

    assert post(provider, payload(message)) == 200

    assert now_of(message) == ("sent", arrival)


def test_a_hard_bounce_marks_the_participant_at_the_time_of_the_event(post: Post) -> None:
    message = a_sent_mail()

    post("postmark", postmark_bounce(message))

    message.participant.refresh_from_db()
    assert message.participant.bounced_at is not None
    assert [event.at.isoformat() for event in message.events.all()] == ["2027-01-20T10:06:00+00:00"]


@pytest.mark.parametrize("payload", [postmark_delivery, postmark_bounce, lambda message: mailgun_event(message, "delivered")])
def test_the_same_event_posted_twice_is_noted_once(post: Post, payload: Callable[[OutboxMessage], Any]) -> None:
    message = a_sent_mail()
    event = payload(message)
    provider = "mailgun" if "event-data" in event else "postmark"

    assert [post(provider, deepcopy(event)) for _time in range(2)] == [200, 200]

    assert DeliveryEvent.objects.count() == 1


def test_events_out_of_order_come_to_the_same(post: Post) -> None:
    message = a_sent_mail()

    post("postmark", postmark_complaint(message))
    post("postmark", postmark_delivery(message))
    post("mailgun", mailgun_failure(message, severity="temporary"))

    assert now_of(message) == ("sent", "complained")
    assert DeliveryEvent.objects.count() == 3


def test_a_mail_in_doubt_of_which_the_provider_tells_has_left(post: Post) -> None:
    message = a_sent_mail(status=Delivery.UNCERTAIN, handed_over_at=NOW, sent_at=None)

    post("mailgun", mailgun_event(message, "accepted"))

    assert now_of(message) == ("sent", "")
    assert DeliveryEvent.objects.count() == 0


def test_without_metadata_the_message_id_tells_the_providers_or_our_own(post: Post) -> None:
    first = a_sent_mail(provider_id="883953f4-provider")
    event = postmark_delivery(first) | {"Metadata": {}, "MessageID": "883953f4-provider"}
    assert post("postmark", event) == 200
    assert now_of(first) == ("sent", "delivered")

    second = a_sent_mail()
    assert post("mailgun", mailgun_event(second, "delivered", **{"user-variables": {}})) == 200
    assert now_of(second) == ("sent", "delivered")


@pytest.mark.parametrize("metadata", [{}, {"outbox_id": "no uuid"}, {"outbox_id": "883953f4-6105-42a2-a16a-77a8eac79483"}, {"outbox_id": 7}])
def test_an_event_about_a_mail_that_is_not_ours_changes_nothing(post: Post, metadata: dict[str, object]) -> None:
    message = a_sent_mail()

    assert post("postmark", postmark_bounce(message) | {"Metadata": metadata, "MessageID": ""}) == 200

    assert now_of(message) == ("sent", "")
    assert DeliveryEvent.objects.count() == 0


@pytest.mark.parametrize("secret", ["provider:wrong", "", SECRET.upper()])
def test_without_the_secret_nothing_changes(post: Post, secret: str) -> None:
    message = a_sent_mail()

    assert post("postmark", postmark_bounce(message), secret=secret) == 400

    assert now_of(message) == ("sent", "")
    message.participant.refresh_from_db()
    assert message.participant.bounced_at is None


def test_a_wrong_signature_is_refused(post: Post) -> None:
    message = a_sent_mail()
    event = mailgun_event(message, "delivered")
    event["signature"]["signature"] = "0" * 64

    assert post("mailgun", event) == 400
    assert now_of(message) == ("sent", "")


def test_where_no_secret_is_set_there_is_no_such_address(client: Client) -> None:
    assert client.post("/anymail/postmark/tracking/", "{}", content_type="application/json").status_code == 404


def test_an_error_of_the_database_makes_the_provider_post_again(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    message = a_sent_mail()

    def be_gone(meeting_id: int) -> None:
        raise OperationalError("gone")

    with monkeypatch.context() as patch:
        patch.setattr(operation, "lock_meeting", be_gone)
        assert post("postmark", postmark_bounce(message), raising=False) == 500
    assert post("postmark", postmark_bounce(message)) == 200
    assert now_of(message) == ("sent", "bounced")
