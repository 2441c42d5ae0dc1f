"""Delivery status notifications: what mail servers write to the sender of a mail (RFC 3464)."""

from collections.abc import Iterator
from datetime import datetime
from email import message_from_bytes
from email.errors import MessageError
from email.message import Message
from hashlib import sha256

from registrations.enums import Arrival
from registrations.mail.envelope import outbox_id
from registrations.models import OutboxMessage
from registrations.operations.record_arrival import record_arrival
from registrations.rules.arrivals import arrival_of_report, furthest
from registrations.rules.names import mailbox_key

LARGEST = 1024 * 1024
_RETURNED = {"message/rfc822", "text/rfc822-headers"}


def file_bounce(raw: bytes, *, now: datetime) -> bool:
    """Write down what the notification says about one of our mails; False where it is none, or about none of them.

    It is believed if it names the Message-ID of the mail, which nobody can guess who did not get it.
    """
    if len(raw) > LARGEST:
        return False
    try:
        report = message_from_bytes(raw)
        message = _message(report) if _is_report(report) else None
        arrival = _arrival(report, mailbox=message.mailbox) if message else None
    except (MessageError, LookupError, ValueError, AttributeError, TypeError, RecursionError):  # what the standard library's parser raises on garbage
        return False
    if message is None or arrival is None:
        return False
    identity = str(report["Message-ID"] or "").encode() or raw
    key = sha256(b"\n".join([b"report", str(message.pk).encode(), arrival.encode(), identity])).hexdigest()
    record_arrival(message, arrival=arrival, key=key, at=now, now=now)
    return True


def _is_report(mail: Message) -> bool:
    return mail.get_content_type() == "multipart/report" and str(mail.get_param("report-type", "")).lower() == "delivery-status"


def _message(report: Message) -> OutboxMessage | None:
    """Our mail that the report returns, or that it answers where it returns nothing."""
    keys = [key for text in _message_ids(report) if (key := outbox_id(text))]
    return OutboxMessage.objects.filter(pk__in=keys).first()


def _message_ids(report: Message) -> Iterator[str]:
    for part in report.walk():
        if part.get_content_type() in _RETURNED:
            yield from _ids_in(_headers_of(part), "Message-ID")
    yield from _ids_in(report, "In-Reply-To", "References")


def _ids_in(mail: Message, *names: str) -> Iterator[str]:
    for name in names:
        for text in mail.get_all(name, []):
            yield from str(text).split()


def _headers_of(part: Message) -> Message:
    """The returned mail's own headers, whether it is parsed already or came as text."""
    inside = _messages_in(part)
    return inside[0] if inside else message_from_bytes(bytes(part.get_payload(decode=True)).lstrip())


def _arrival(report: Message, *, mailbox: str) -> Arrival | None:
    """What it says about the mailbox; where it names only others, to which the mail was forwarded, the most final about any."""
    blocks = [block for part in report.walk() if part.get_content_type() == "message/delivery-status" for block in _messages_in(part)]
    about_mailbox = [block for block in blocks if mailbox in _recipients(block)]
    said = ""
    for block in about_mailbox or blocks:
        said = furthest(said, _arrival_in(block) or "")
    return Arrival(said) if said else None


def _messages_in(part: Message) -> list[Message]:
    """The returned mail of a message/rfc822, or the groups of fields of a message/delivery-status; none of a text."""
    content = part.get_payload()
    return [each for each in content if isinstance(each, Message)] if isinstance(content, list) else []


def _arrival_in(block: Message) -> Arrival | None:
    action = str(block["Action"] or "").strip().lower()
    return arrival_of_report(action, status=str(block["Status"] or "").strip())


def _recipients(block: Message) -> set[str]:
    """E.g. from `Final-Recipient: rfc822; Maria@example.org`."""
    said = [str(block[name] or "").rpartition(";")[2] for name in ("Original-Recipient", "Final-Recipient")]
    return {mailbox_key(text.strip().strip("<>")) for text in said}
