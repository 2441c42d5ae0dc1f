"""Mail that a provider hands over: with the secret it is filed, without it nothing happens."""

import hashlib
import hmac
import json
from base64 import b64encode
from typing import Any

import pytest
import time_machine
from anymail.inbound import AnymailInboundMessage
from anymail.signals import AnymailInboundEvent, inbound
from django.db import OperationalError, connection
from django.test import Client

from registrations.enums import Answer, IncomingKind, MessageKind
from registrations.models import IncomingMessage, Invitation, OutboxMessage
from tests.make import a_meeting, a_participant
from tests.reply_mails import ANSWERED, from_exchange, from_google, invited, mail, reply_file

pytestmark = pytest.mark.django_db
SECRET = "provider:0123456789abcdef0123456789"
POSTMARK, MAILGUN = "/anymail/postmark/inbound/", "/anymail/mailgun/inbound_mime/"
SIGNING_KEY = "signing-key"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(ANSWERED, tick=False):
        yield


@pytest.fixture
def site(settings) -> Client:
    """A site whose provider has the secret."""
    settings.ROOT_URLCONF, settings.ANYMAIL_WEBHOOK_SECRET = "tests.webhook_urls", SECRET
    settings.ANYMAIL = {"MAILGUN_WEBHOOK_SIGNING_KEY": SIGNING_KEY, "MAILGUN_API_KEY": "key"}
    return Client(raise_request_exception=False)


@pytest.fixture
def invitation() -> Invitation:
    return invited(a_participant(a_meeting(), email="ana.paz@exteriores.example.com"))


def authorization(secret: str = SECRET) -> dict[str, str]:
    return {"authorization": f"Basic {b64encode(secret.encode()).decode()}"}


def by_postmark(site: Client, raw: bytes, *, secret: str | None = SECRET, text: str | None = None, **more: Any) -> int:
    """Postmark's inbound webhook with the raw mail included: JSON, basic authentication and nothing else."""
    payload = {
        "FromName": "Ana Paz",
        "From": "ana.paz@exteriores.example.com",
        "FromFull": {"Email": "ana.paz@exteriores.example.com", "Name": "Ana Paz", "MailboxHash": ""},
        "ToFull": [{"Email": "registration@dialogo.example.org", "Name": "", "MailboxHash": ""}],
        "OriginalRecipient": "registration@dialogo.example.org",
        "MessageID": "22c74902-a0c1-4511-804f-341342852c90",
        "Headers": [{"Name": "Return-Path", "Value": "<ana.paz@exteriores.example.com>"}],
        "RawEmail": raw.decode() if text is None else text,
        "Attachments": [],
    } | more
    headers = authorization(secret) if secret else {}
    return site.post(POSTMARK, json.dumps(payload), content_type="application/json", headers=headers).status_code


def by_mailgun(site: Client, raw: bytes, *, key: str = SIGNING_KEY) -> int:
    """Mailgun's route to a URL that ends in mime: form fields, signed, `body-mime` the whole mail."""
    token, timestamp = "06c96bafc3f42a66b9edd546347a2fe18dc23461fe80dc52f0", "1461261330"
    signature = hmac.new(key.encode(), f"{timestamp}{token}".encode(), hashlib.sha256).hexdigest()
    fields = {
        "recipient": "registration@dialogo.example.org",
        "sender": "ana.paz@exteriores.example.com",
        "body-mime": raw.decode(),
        "token": token,
        "timestamp": timestamp,
        "signature": signature,
    }
    return site.post(MAILGUN, fields, headers=authorization()).status_code


def answer_to(invitation: Invitation) -> str:
    invitation.refresh_from_db()
    return invitation.answer


def nothing_came() -> bool:
    return not IncomingMessage.objects.exists() and set(Invitation.objects.values_list("answer", flat=True)) == {Answer.NEEDS_ACTION}


# --- who is listened to -----------------------------------------------------------------------------------------------------
def test_a_site_without_the_secret_has_no_webhook(client, invitation):
    assert by_postmark(client, from_google(invitation)) == 404
    assert nothing_came()


@pytest.mark.parametrize("secret", [None, "provider:wrong", "other:0123456789abcdef0123456789", ":"])
def test_whoever_lacks_the_secret_is_refused_and_changes_nothing(site, invitation, secret):
    assert by_postmark(site, from_google(invitation), secret=secret) == 400
    assert nothing_came()


def test_a_wrong_signature_is_refused_and_changes_nothing(site, invitation):
    assert by_mailgun(site, from_google(invitation), key="another") == 400
    assert nothing_came()


# --- what comes -------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("provider", [by_postmark, by_mailgun])
@pytest.mark.parametrize("shape", [from_google, from_exchange])
def test_an_answer_handed_over_is_taken_over(site, invitation, provider, shape):
    assert provider(site, shape(invitation)) == 200
    assert answer_to(invitation) == Answer.ACCEPTED


def test_a_mail_handed_over_twice_counts_once(site, invitation):
    assert [by_postmark(site, from_google(invitation, partstat="DECLINED")) for _time in range(2)] == [200, 200]
    assert IncomingMessage.objects.count() == 1
    assert OutboxMessage.objects.filter(kind=MessageKind.WITHDRAW_QUESTION).count() == 1


def test_a_letter_is_passed_on(site, invitation):
    by_postmark(site, mail("Hello", sender=invitation.mailbox, content_type="text/plain"))

    assert OutboxMessage.objects.filter(kind=MessageKind.FORWARDED).count() == 1


def test_what_the_provider_takes_for_spam_is_not_believed(site, invitation):
    by_postmark(site, mail(reply_file(invitation), sender=invitation.mailbox, headers="X-Spam-Status: Yes\n"))

    assert (IncomingMessage.objects.get().kind, answer_to(invitation)) == (IncomingKind.UNVERIFIED, Answer.NEEDS_ACTION)


@pytest.mark.parametrize(("dmarc", "kind"), [("PASS", "answer"), ("GRAY", "answer"), ("FAIL", "unverified")])
def test_the_verdict_of_amazon_ses_counts(invitation, dmarc, kind):
    """Its webhook needs boto3, which a site that does not use it need not have: the event is sent as anymail would send it."""
    message = AnymailInboundMessage.parse_raw_mime_bytes(from_google(invitation))
    receipt = {"dmarcVerdict": {"status": dmarc}}
    inbound.send(
        sender=None,
        event=AnymailInboundEvent(event_type="inbound", timestamp=None, event_id="1", message=message, esp_event={"receipt": receipt}),
        esp_name="Amazon SES",
    )

    assert IncomingMessage.objects.get().kind == kind


@pytest.mark.parametrize("text", ["", "\x00garbage", "From: (((\nMessage-ID: <[\n\nx", "Content-Type: multipart/mixed; boundary=x\n\n--x\n--x"])
def test_garbage_is_answered_with_thanks_so_that_it_does_not_come_again(site, invitation, text):
    assert by_postmark(site, b"", text=text) == 200
    assert answer_to(invitation) == Answer.NEEDS_ACTION


def test_a_letter_with_a_large_attachment_comes_in(site, invitation):
    letter = mail("x" * 76 * 40_000, sender=invitation.mailbox, content_type="text/plain")

    assert by_postmark(site, letter) == 200
    assert IncomingMessage.objects.get().kind == "letter"


def test_a_mail_beyond_what_a_request_may_hold_is_refused_and_changes_nothing(site, invitation, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 2_000

    assert by_postmark(site, from_google(invitation)) == 400
    assert nothing_came()


def test_a_flood_of_one_author_is_not_kept(site, invitation):
    for number in range(202):
        by_postmark(site, mail("x", sender=invitation.mailbox, content_type="text/plain", message_id=f"<{number}@x>"))

    assert IncomingMessage.objects.count() == 200


def test_when_the_database_fails_the_provider_is_asked_to_send_again(site, invitation):
    def fail(execute, sql, *rest):
        if "incomingmessage" in sql and sql.startswith("INSERT"):
            raise OperationalError("disk full")
        return execute(sql, *rest)

    with connection.execute_wrapper(fail):
        assert by_postmark(site, from_google(invitation)) == 500

    assert nothing_came()
    assert by_postmark(site, from_google(invitation)) == 200
    assert answer_to(invitation) == Answer.ACCEPTED
