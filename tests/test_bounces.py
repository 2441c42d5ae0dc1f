"""Delivery status notifications in the shapes of the servers that write them, and what is none."""

from collections.abc import Callable
from textwrap import dedent

import pytest

from registrations.enums import Arrival, Delivery, MessageKind
from registrations.inbound.bounces import LARGEST, file_bounce
from registrations.mail.envelope import message_id
from registrations.models import DeliveryEvent, OutboxMessage
from tests.mail_rows import owed
from tests.make import NOW, a_meeting, a_pending_participant

pytestmark = pytest.mark.django_db
MARIA = "maria@exteriores.example.com"


@pytest.fixture
def message() -> OutboxMessage:
    message = owed(a_pending_participant(a_meeting(), email=MARIA), MessageKind.RECEIVED)
    OutboxMessage.objects.filter(pk=message.pk).update(status=Delivery.SENT, sent_at=NOW)
    return message


def raw(text: str, **values: str) -> bytes:
    return dedent(text).lstrip().format(**values).replace("\n", "\r\n").encode()


def postfix(message: OutboxMessage, *, action: str = "failed", status: str = "5.1.1", to: str = MARIA) -> bytes:
    text = """
        From: MAILER-DAEMON@mx.exteriores.example.com (Mail Delivery System)
        To: registration@dialogo.example.org
        Subject: Undelivered Mail Returned to Sender
        Auto-Submitted: auto-replied
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status;
        \tboundary="4F3C2.1611137100/mx.exteriores.example.com"
        Message-Id: <20270120100500.7F3C2@mx.exteriores.example.com>

        This is a MIME-encapsulated message.

        --4F3C2.1611137100/mx.exteriores.example.com
        Content-Description: Notification
        Content-Type: text/plain; charset=us-ascii

        I'm sorry to have to inform you that your message could not be delivered.

        --4F3C2.1611137100/mx.exteriores.example.com
        Content-Description: Delivery report
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx.exteriores.example.com
        X-Postfix-Queue-ID: 4F3C2
        Arrival-Date: Wed, 20 Jan 2027 10:04:59 +0000 (UTC)

        Final-Recipient: rfc822; {to}
        Original-Recipient: rfc822;{to}
        Action: {action}
        Status: {status}
        Diagnostic-Code: smtp; 550 5.1.1 <{to}>: Recipient address rejected: User unknown

        --4F3C2.1611137100/mx.exteriores.example.com
        Content-Description: Undelivered Message
        Content-Type: message/rfc822
        Content-Transfer-Encoding: 8bit

        Return-Path: <registration@dialogo.example.org>
        Message-ID: {id}
        Subject: Registro recibido
        Content-Type: text/plain; charset="utf-8"
        Content-Transfer-Encoding: 8bit

        Señora Muñoz

        --4F3C2.1611137100/mx.exteriores.example.com--
    """
    return raw(text, action=action, status=status, to=to, id=message_id(message))


def exchange(message: OutboxMessage) -> bytes:
    """Office 365: HTML beside the report, the headers alone returned, no angle brackets spared."""
    text = """
        From: Microsoft Outlook <postmaster@exteriores.onmicrosoft.com>
        To: <registration@dialogo.example.org>
        Content-Type: multipart/report; report-type=delivery-status; boundary="=_1"
        X-MS-Exchange-Message-Is-Ndr:
        Content-Language: en-US
        Message-ID: <b9d0a7b2@AM0PR08MB.eurprd08.prod.outlook.com>
        In-Reply-To: {id}
        References: {id}
        Subject: Undeliverable: Registro recibido
        Auto-Submitted: auto-replied

        --=_1
        Content-Type: multipart/alternative; differences=Content-Type; boundary="=_2"

        --=_2
        Content-Type: text/plain; charset="us-ascii"
        Content-Transfer-Encoding: quoted-printable

        Your message to {to} couldn't be delivered.

        --=_2
        Content-Type: text/html; charset="us-ascii"
        Content-Transfer-Encoding: quoted-printable

        <html><body>couldn't be delivered</body></html>

        --=_2--

        --=_1
        Content-Type: message/delivery-status

        Reporting-MTA: dns;AM0PR08MB.eurprd08.prod.outlook.com
        Received-From-MTA: dns;mail.dialogo.example.org
        Arrival-Date: Wed, 20 Jan 2027 10:04:59 +0000

        Original-Recipient: rfc822;{to}
        Final-Recipient: rfc822;{to}
        Action: failed
        Status: 5.1.10
        Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup


        --=_1
        Content-Type: message/rfc822

        Received: from AM0PR08CA (2603:10a6) by AM0PR08MB
        Content-Type: text/plain; charset="utf-8"
        Message-ID: {id}
        Subject: Registro recibido

        --=_1--
    """
    return raw(text, to=MARIA, id=message_id(message))


def gmail(message: OutboxMessage) -> bytes:
    """multipart/related beside the report, an expanded address in capitals, the mail as text/rfc822-headers."""
    text = """
        Return-Path: <>
        From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>
        To: registration@dialogo.example.org
        Auto-Submitted: auto-replied
        Subject: Delivery Status Notification (Failure)
        References: {id}
        In-Reply-To: {id}
        Message-ID: <6006f9cc.1c69fb81.GMR@mx.google.com>
        Content-Type: multipart/report; boundary="00000000000008"; report-type=delivery-status

        --00000000000008
        Content-Type: multipart/related; boundary="00000000000009"

        --00000000000009
        Content-Type: text/html; charset="UTF-8"

        <p>Address not found</p>

        --00000000000009--
        --00000000000008
        Content-Type: message/delivery-status

        Reporting-MTA: dns; googlemail.com
        Arrival-Date: Wed, 20 Jan 2027 02:04:59 -0800 (PST)
        X-Original-Message-ID: {id}

        Final-Recipient: rfc822; {to}
        Action: failed
        Status: 5.1.1
        Diagnostic-Code: smtp; 550-5.1.1 The email account that you tried to reach does not exist.
        Last-Attempt-Date: Wed, 20 Jan 2027 02:05:00 -0800 (PST)

        --00000000000008
        Content-Type: message/rfc822

        Message-ID: {id}
        Subject: Registro recibido

        (Body suppressed)
        --00000000000008--
    """
    return raw(text, to=MARIA.upper(), id=message_id(message))


def exim(message: OutboxMessage) -> bytes:
    """The returned headers as text, two recipients of a mailing list behind the mailbox."""
    text = """
        X-Failed-Recipients: one@ministerio.example.com
        Auto-Submitted: auto-replied
        From: Mail Delivery System <Mailer-Daemon@exim.example.com>
        To: registration@dialogo.example.org
        Content-Type: multipart/report; report-type=Delivery-Status; boundary=1611137100-eximdsn-1804289383
        Subject: Mail delivery failed: returning message to sender
        Message-Id: <E1l2ABC-0001@exim.example.com>

        --1611137100-eximdsn-1804289383
        Content-type: text/plain; charset=us-ascii

        A message that you sent could not be delivered to one or more of its recipients.

        --1611137100-eximdsn-1804289383
        Content-type: message/delivery-status

        Reporting-MTA: dns; exim.example.com

        Action: delayed
        Final-Recipient: rfc822;two@ministerio.example.com
        Status: 4.0.0

        Action: failed
        Final-Recipient: rfc822;one@ministerio.example.com
        Status: 5.0.0
        Remote-MTA: dns; mx.example.com
        Diagnostic-Code: smtp; 550 no such user

        --1611137100-eximdsn-1804289383
        Content-type: text/rfc822-headers

        Return-path: <registration@dialogo.example.org>
        Message-ID: {id}
        Subject: Registro recibido

        --1611137100-eximdsn-1804289383--
    """
    return raw(text, id=message_id(message))


def arrival_of(message: OutboxMessage) -> str:
    message.refresh_from_db()
    return message.arrival


@pytest.mark.parametrize("report", [postfix, exchange, gmail, exim])
def test_a_mail_that_could_not_be_delivered_has_bounced(message: OutboxMessage, report: Callable[[OutboxMessage], bytes]) -> None:
    assert file_bounce(report(message), now=NOW) is True

    assert arrival_of(message) == Arrival.BOUNCED
    message.participant.refresh_from_db()
    assert message.participant.bounced_at == NOW


@pytest.mark.parametrize(
    ("action", "status", "arrival"),
    [
        ("delayed", "4.4.1", Arrival.DEFERRED),
        ("Failed", "4.2.2", Arrival.DEFERRED),
        ("failed", "4.4.7", Arrival.BOUNCED),
        ("delivered", "2.1.5", Arrival.DELIVERED),
    ],
)
def test_what_else_a_report_says(message: OutboxMessage, action: str, status: str, arrival: str) -> None:
    assert file_bounce(postfix(message, action=action, status=status), now=NOW) is True

    assert arrival_of(message) == arrival


def test_the_same_report_twice_is_noted_once(message: OutboxMessage) -> None:
    assert [file_bounce(postfix(message), now=NOW) for _time in range(2)] == [True, True]

    assert DeliveryEvent.objects.count() == 1


def test_a_delay_and_then_the_failure_are_both_noted(message: OutboxMessage) -> None:
    failure = postfix(message).replace(b"7F3C2@", b"8F3C2@")

    file_bounce(failure, now=NOW)
    file_bounce(postfix(message, action="delayed", status="4.4.1"), now=NOW)

    assert arrival_of(message) == Arrival.BOUNCED
    assert DeliveryEvent.objects.count() == 2


def test_the_part_about_the_mailbox_counts_where_there_is_one(message: OutboxMessage) -> None:
    about_maria = f"Action: delivered\r\nFinal-Recipient: rfc822;{MARIA}\r\nStatus: 2.0.0\r\n\r\nAction: delayed".encode()

    assert file_bounce(exim(message).replace(b"Action: delayed", about_maria), now=NOW) is True

    assert arrival_of(message) == Arrival.DELIVERED


def test_a_report_that_returns_nothing_is_known_by_what_it_answers(message: OutboxMessage) -> None:
    report = exchange(message)
    cut = report[: report.index(b"--=_1\r\nContent-Type: message/rfc822")] + b"--=_1--\r\n"

    assert file_bounce(cut, now=NOW) is True
    assert arrival_of(message) == Arrival.BOUNCED


NO_REPORT = {
    "empty": lambda report: b"",
    "garbage": lambda report: bytes(range(256)) * 50,
    "huge": lambda report: report + b" " * LARGEST,
    "another report": lambda report: report.replace(b"report-type=delivery-status", b"report-type=disposition-notification"),
    "a letter": lambda report: report.replace(b"multipart/report", b"multipart/mixed"),
    "somebody else's mail": lambda report: report.replace(b"@dialogo.example.org>\r\nSubject", b"0@dialogo.example.org>\r\nSubject"),
    "no recipient": lambda report: report.replace(b"message/delivery-status", b"text/plain"),
    "relayed": lambda report: report.replace(b"Action: failed", b"Action: relayed"),
    "cut off": lambda report: report[: report.index(b"Reporting-MTA")],
    "an unknown charset": lambda report: report.replace(b"us-ascii", b"klingon").replace(b"message/rfc822", b"text/rfc822-headers; charset=klingon")[
        :900
    ],
    "nested": lambda report: b"".join(b"Content-Type: multipart/report; boundary=%d\r\n\r\n--%d\r\n" % (depth, depth) for depth in range(3000)),
}


@pytest.mark.parametrize("shape", NO_REPORT)
def test_anything_else_is_no_report_about_our_mail(message: OutboxMessage, shape: str) -> None:
    assert file_bounce(NO_REPORT[shape](postfix(message)), now=NOW) is False

    assert arrival_of(message) == ""
    assert DeliveryEvent.objects.count() == 0
