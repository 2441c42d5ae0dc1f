"""The decisions about a failed delivery, and what is written down about it."""

import smtplib
from datetime import timedelta

import pytest
import requests
from anymail.exceptions import AnymailAPIError, AnymailRecipientsRefused, AnymailUnsupportedFeature
from urllib3 import HTTPConnectionPool
from urllib3.exceptions import MaxRetryError, ProtocolError

from registrations.enums import Delivery
from registrations.mail.refusals import refusal_of
from registrations.rules.retrying import Fault, Stage, delay, fault_of, is_given_up, is_hopeless, outcome_text


def no_answer(cause: Exception) -> AnymailAPIError:
    """As anymail raises it: an error of its own that is also what `requests` raised."""
    error = type("AnymailAPIError", (AnymailAPIError, type(cause)), {})("no answer")
    error.__cause__ = cause
    return error


def broken_off_in_the_content() -> Exception:
    """What smtplib raises where the server goes away while it takes the content."""

    class Talk(smtplib.SMTP):
        def putcmd(self, cmd: str, args: str = "") -> None:
            raise smtplib.SMTPServerDisconnected("gone")

    try:
        Talk().data("Subject: Hello")
    except smtplib.SMTPServerDisconnected as error:
        return error
    raise AssertionError


@pytest.mark.parametrize(
    ("code", "stage", "fault"),
    [
        (421, Stage.RECIPIENT, Fault.OURS),
        (450, Stage.RECIPIENT, Fault.LATER),
        (451, Stage.DATA, Fault.LATER),
        (452, Stage.DATA, Fault.LATER),
        (550, Stage.RECIPIENT, Fault.FOR_GOOD),
        (552, Stage.DATA, Fault.FOR_GOOD),
        (554, Stage.DATA, Fault.FOR_GOOD),
        (530, Stage.RECIPIENT, Fault.OURS),
        (535, Stage.CONNECTION, Fault.OURS),
        (454, Stage.CONNECTION, Fault.OURS),
        (550, Stage.SENDER, Fault.OURS),
        (451, Stage.SENDER, Fault.OURS),
        (554, Stage.CONNECTION, Fault.OURS),
    ],
)
def test_whose_fault_an_answer_is(code: int, stage: Stage, fault: Fault) -> None:
    assert fault_of(code, stage=stage) == fault


@pytest.mark.parametrize(
    ("error", "fault", "words"),
    [
        (smtplib.SMTPRecipientsRefused({"a@b": (550, b"no such user")}), Fault.FOR_GOOD, "550 no such user"),
        (smtplib.SMTPDataError(451, b"later \xff"), Fault.LATER, "451 later \ufffd"),
        (smtplib.SMTPSenderRefused(550, b"who are you", "x@y"), Fault.OURS, "550 who are you"),
        (smtplib.SMTPAuthenticationError(535, b"wrong password"), Fault.OURS, "535 wrong password"),
        (smtplib.SMTPConnectError(554, b"go away"), Fault.OURS, "554 go away"),
        (smtplib.SMTPServerDisconnected("gone"), Fault.OURS, "SMTPServerDisconnected: gone"),
        (ConnectionRefusedError(111, "refused"), Fault.OURS, "ConnectionRefusedError: [Errno 111] refused"),
        (TimeoutError("timed out"), Fault.OURS, "TimeoutError: timed out"),
        (broken_off_in_the_content(), Fault.UNKNOWN, "SMTPServerDisconnected: gone"),
        (no_answer(requests.ReadTimeout("read timed out")), Fault.UNKNOWN, "AnymailAPIError: no answer"),
        (no_answer(requests.ConnectionError(ProtocolError("Connection aborted."))), Fault.UNKNOWN, "AnymailAPIError: no answer"),
        (no_answer(requests.ConnectTimeout("connect timed out")), Fault.OURS, "no answer"),
        (no_answer(requests.ConnectionError(MaxRetryError(HTTPConnectionPool("a"), "/"))), Fault.OURS, "no answer"),
        (AnymailRecipientsRefused(), Fault.FOR_GOOD, "All message recipients were rejected or invalid"),
        (AnymailAPIError("no answer"), Fault.OURS, "no answer"),
        (AnymailUnsupportedFeature("alternative part"), Fault.OURS, "AnymailUnsupportedFeature: alternative part"),
        (ValueError("a bug"), Fault.LATER, "ValueError: a bug"),
    ],
)
def test_what_an_exception_says(error: Exception, fault: Fault, words: str) -> None:
    refusal = refusal_of(error)

    assert (refusal.fault, refusal.words.splitlines()[0]) == (fault, words)


@pytest.mark.parametrize(
    ("error", "is_about_address"),
    [
        (smtplib.SMTPRecipientsRefused({"a@b": (550, b"no such user")}), True),
        (smtplib.SMTPRecipientsRefused({"a@b": (450, b"busy")}), False),
        (smtplib.SMTPRecipientsRefused({"a@b": (530, b"log in")}), False),
        (smtplib.SMTPDataError(550, b"spam"), False),
        (AnymailRecipientsRefused(), True),
        (ValueError("a bug"), False),
    ],
)
def test_which_refusals_are_about_the_address(error: Exception, is_about_address: bool) -> None:
    assert refusal_of(error).is_about_address is is_about_address


@pytest.mark.parametrize("status", Delivery)
@pytest.mark.parametrize("repeats", [0, 1])
def test_what_nobody_sends_again_by_itself(status: Delivery, repeats: int) -> None:
    given_up = {(Delivery.FAILED, 0), (Delivery.FAILED, 1), (Delivery.UNCERTAIN, 1)}

    assert is_given_up(status, repeats=repeats) is ((status, repeats) in given_up)


def test_the_delay_doubles_up_to_four_hours_and_jitter_only_adds() -> None:
    assert [delay(attempts, jitter=0) for attempts in (1, 2, 3, 8, 9, 30, 10_000)] == [
        timedelta(minutes=minutes) for minutes in (1, 2, 4, 128, 240, 240, 240)
    ]
    assert delay(1, jitter=1) == timedelta(seconds=75)


def test_a_mail_is_tried_for_three_days_at_least() -> None:
    last = next(attempts for attempts in range(1, 100) if is_hopeless(attempts))

    assert sum((delay(attempt, jitter=0) for attempt in range(1, last)), timedelta()) >= timedelta(days=3)
    assert not is_hopeless(last - 1)


def test_the_outcome_holds_no_address_and_no_name() -> None:
    words = "550 5.1.1 <maria.munoz@exteriores.example.com>: user maria.munoz (María Muñoz)\nunknown, ask postmaster@example.com; MUÑOZ"

    outcome = outcome_text(words, name="María Muñoz de Peña", email="maria.munoz@exteriores.example.com")

    assert outcome == "550 5.1.1 <…>: user … (… …) unknown, ask …; …"


def test_the_outcome_of_a_short_mailbox_stays_readable() -> None:
    assert outcome_text("550 a user is not here: a@b.example", name="Li", email="a@b.example") == "550 … user is not here: …"
