"""What an exception of a mail backend says, whichever backend it is."""

import smtplib
import ssl
import traceback
from dataclasses import dataclass

import requests
from anymail.exceptions import AnymailAPIError, AnymailInvalidAddress, AnymailRecipientsRefused, AnymailUnsupportedFeature
from django.core.exceptions import ImproperlyConfigured

from registrations.rules.retrying import Fault, Stage, fault_of

_TOO_MANY_REQUESTS = 429
_OUR_SIDE = (smtplib.SMTPServerDisconnected, smtplib.SMTPNotSupportedError, ssl.SSLError, OSError, ImproperlyConfigured, AnymailUnsupportedFeature)


_UNANSWERED = {"ReadTimeoutError", "ConnectionClosedError", "ProtocolError"}
"""What botocore and urllib3 call a request that left and was not answered."""


@dataclass(frozen=True)
class Refusal:
    """`words` come from the server and may hold addresses. `is_about_address`: the recipient's address was what it refused."""

    fault: Fault
    words: str
    is_about_address: bool = False


def refusal_of(error: Exception) -> Refusal:
    """Whose fault it is and what was said. An error that nobody knows concerns this one mail and waits."""
    answered = _smtp_answer(error)
    if answered:
        code, words, stage = answered
        fault = fault_of(code, stage=stage)
        return Refusal(fault, f"{code} {_decoded(words)}", is_about_address=stage == Stage.RECIPIENT and fault == Fault.FOR_GOOD)
    if isinstance(error, AnymailRecipientsRefused | AnymailInvalidAddress):
        return Refusal(Fault.FOR_GOOD, str(error), is_about_address=True)
    if _may_have_left(error):
        return Refusal(Fault.UNKNOWN, f"{type(error).__name__}: {error}")
    if isinstance(error, AnymailAPIError):
        return Refusal(_fault_of_http(error.status_code), str(error))
    return Refusal(Fault.OURS if isinstance(error, _OUR_SIDE) else Fault.LATER, f"{type(error).__name__}: {error}")


def _smtp_answer(error: Exception) -> tuple[int, bytes | str, Stage] | None:
    match error:
        case smtplib.SMTPRecipientsRefused():
            code, words = next(iter(error.recipients.values()))
            return code, words, Stage.RECIPIENT
        case smtplib.SMTPSenderRefused():
            return error.smtp_code, error.smtp_error, Stage.SENDER
        case smtplib.SMTPDataError():
            return error.smtp_code, error.smtp_error, Stage.DATA
        case smtplib.SMTPResponseException():
            return error.smtp_code, error.smtp_error, Stage.CONNECTION
    return None


def _may_have_left(error: Exception) -> bool:
    """Whether the talk broke off while the content was handed over, or a provider did not answer what it was sent."""
    if isinstance(error, AnymailAPIError):
        causes = [error, error.__cause__, *getattr(error.__cause__, "args", ())]
        return isinstance(error, requests.ReadTimeout) or any(type(cause).__name__ in _UNANSWERED for cause in causes)
    return any(frame.f_code is smtplib.SMTP.data.__code__ for frame, _line in traceback.walk_tb(error.__traceback__))


def _fault_of_http(status: int | None) -> Fault:
    """A provider that is not reached, busy, broken, or does not know us is no fault of the mail."""
    if status is None or status in {401, 403, _TOO_MANY_REQUESTS} or status >= 500:
        return Fault.OURS
    return Fault.LATER


def _decoded(words: bytes | str) -> str:
    return words.decode(errors="replace") if isinstance(words, bytes) else words
