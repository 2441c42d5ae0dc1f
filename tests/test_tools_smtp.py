import smtplib
import subprocess
import sys

import pytest
from django.core.mail import EmailMessage

from tests.smtp import Received


def send(recipient="ana@example.org"):
    EmailMessage("Subject", "Body", "desk@example.org", [recipient]).send()


def test_mail_arrives_with_its_envelope_and_raw_content(mail_over_smtp):
    send()

    [mail] = mail_over_smtp.received
    assert mail == Received("desk@example.org", ("ana@example.org",), mail.content)
    assert mail.content.endswith(b"\r\n\r\nBody\r\n")


def test_recipient_can_be_refused(mail_over_smtp):
    mail_over_smtp.answer("ana@example.org", "451 4.3.0 Try again later")

    with pytest.raises(smtplib.SMTPRecipientsRefused) as refusal:
        send()

    assert refusal.value.recipients == {"ana@example.org": (451, b"4.3.0 Try again later")}
    assert mail_over_smtp.received == []


def test_content_can_be_refused(mail_over_smtp):
    mail_over_smtp.answer_content("552 5.3.4 Too big")

    with pytest.raises(smtplib.SMTPDataError, match="Too big"):
        send()

    assert mail_over_smtp.received == []


def test_stopped_server_refuses_the_connection_until_it_starts_on_the_same_port(mail_over_smtp):
    mail_over_smtp.stop()
    with pytest.raises(ConnectionRefusedError):
        send()

    mail_over_smtp.start()
    send()

    assert len(mail_over_smtp.received) == 1


def test_sender_killed_while_it_is_held_leaves_no_mail(smtp_server):
    smtp_server.hold()
    sender = subprocess.Popen(
        [sys.executable, "-c", f"import smtplib; smtplib.SMTP('127.0.0.1', {smtp_server.port}).sendmail('a@example.org', ['b@example.org'], 'Body')"]
    )
    smtp_server.wait_for_a_sender()

    sender.kill()
    sender.wait()
    smtp_server.release()

    assert smtp_server.received == []
