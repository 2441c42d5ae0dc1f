"""A mail as it came over the wire, read with limits; whatever it holds, the answer is a details.IncomingMail."""

import logging
import re
from collections.abc import Iterator
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses
from hashlib import sha256

from registrations.details import IncomingMail
from registrations.enums import IncomingKind
from registrations.inbound.authenticity import fails_checks
from registrations.inbound.calendar_file import read_reply
from registrations.inbound.texts import decoded, plain_line, plain_text, text_of_html
from registrations.rules.names import mailbox_key

LARGEST = 25 * 1024 * 1024
MOST_PARTS = 100
DEEPEST = 20
LONGEST_TEXT = 10_000
_LONGEST_SENDER = 254
_LONGEST_SUBJECT = 300
_LARGEST_TEXT_PART = 1024 * 1024
_LONGEST_HEADER = 5_000  # the standard library takes quadratic time to decode
_CALENDAR_TYPES = frozenset({"text/calendar", "application/ics"})
_BULK = frozenset({"bulk", "list", "junk", "auto_reply"})
_ADDRESS = re.compile(r"[^\s<>()\[\]\\\",;:@]+@[^\s<>()\[\]\\\",;:@]+")
_MESSAGE_ID = re.compile(r"<([^<>\s]{1,250})>")

logger = logging.getLogger(__name__)


class TooMuch(ValueError):
    """The mail is beyond a limit."""


def read_mail(raw: bytes, *, is_disowned: bool = False) -> IncomingMail:
    """What the mail is and says; UNREADABLE for one that is too large, nested too deeply, or broken.

    `is_disowned` is what is known besides the mail itself.
    """
    try:
        if len(raw) > LARGEST:
            raise TooMuch
        return _read(message_from_bytes(raw), raw, is_disowned=is_disowned)
    except Exception as error:  # the standard library's readers raise anything on a broken mail
        logger.info("incoming: a mail cannot be read (%s)", type(error).__name__)
        return _unreadable(raw)


def _read(message: Message, raw: bytes, *, is_disowned: bool) -> IncomingMail:
    parts = list(_parts(message))
    nature = _nature(message)
    calendar = next((part for part in parts if part.get_content_type() in _CALENDAR_TYPES), None)
    reply = read_reply(_content(calendar)) if calendar and nature != IncomingKind.BOUNCE else None
    if calendar and reply is None and nature != IncomingKind.BOUNCE:
        nature = IncomingKind.UNREADABLE
    return IncomingMail(
        digest=_digest(message, raw),
        nature=nature,
        sender=_sender(message),
        subject=plain_line(_header(message, "Subject"), limit=_LONGEST_SUBJECT),
        text=_text(parts),
        is_disowned=is_disowned or fails_checks(message),
        answered=tuple(_MESSAGE_ID.findall(f"{message.get('In-Reply-To', '')} {message.get('References', '')}"[-20_000:])),
        reply=reply,
    )


def _unreadable(raw: bytes) -> IncomingMail:
    digest, nature = sha256(raw).hexdigest(), IncomingKind.UNREADABLE
    return IncomingMail(digest=digest, nature=nature, sender="", subject="", text="", is_disowned=False, answered=(), reply=None)


def _parts(message: Message) -> Iterator[Message]:
    """As `walk()`, within the limits. Raises TooMuch."""
    waiting, found = [(message, 0)], 0
    while waiting:
        part, depth = waiting.pop()
        found += 1
        if found > MOST_PARTS or depth > DEEPEST:
            raise TooMuch
        yield part
        inner = part.get_payload()
        if isinstance(inner, list):
            waiting += [(each, depth + 1) for each in reversed(inner)]


# --- what kind of mail ---------------------------------------------------------------------------------------------------
def _nature(message: Message) -> IncomingKind:
    if message.get_content_type() == "multipart/report" and str(message.get_param("report-type", "")).lower() == "delivery-status":
        return IncomingKind.BOUNCE
    if "From" not in message:
        return IncomingKind.UNREADABLE
    return IncomingKind.AUTOMATIC if _is_automatic(message) else IncomingKind.LETTER


def _is_automatic(message: Message) -> bool:
    """RFC 3834 and what programs did before it; a mail from nobody (RFC 5321 4.5.5), a report, a mailing list."""
    submitted = _first_word(message, "Auto-Submitted")
    return (
        submitted not in {"", "no"}
        or _first_word(message, "Precedence") in _BULK
        or _first_word(message, "Return-Path") == "<>"
        or message.get_content_type() == "multipart/report"
        or any(name in message for name in ("X-Autoreply", "X-Autorespond", "List-Id"))
    )


def _first_word(message: Message, name: str) -> str:
    words = re.split(r"[;\s]+", str(message.get(name, "")).strip().lower())
    return words[0]


# --- who and what --------------------------------------------------------------------------------------------------------
def _digest(message: Message, raw: bytes) -> str:
    message_id = str(message.get("Message-ID", "")).strip()
    return sha256(message_id.encode(errors="replace") or raw).hexdigest()


def _sender(message: Message) -> str:
    """The mailbox in From, or "" where there is not exactly one."""
    addresses = [address for _name, address in getaddresses([str(value)[:_LONGEST_HEADER] for value in message.get_all("From", [])[:2]])]
    is_one = len(addresses) == 1 and _ADDRESS.fullmatch(addresses[0]) and len(addresses[0]) <= _LONGEST_SENDER
    return plain_line(mailbox_key(addresses[0]), limit=_LONGEST_SENDER) if is_one else ""


def _header(message: Message, name: str) -> str:
    """The header with its encoded words decoded as far as they can be."""
    raw = str(message.get(name, ""))[:_LONGEST_HEADER]
    try:
        return str(make_header(decode_header(raw)))
    except (ValueError, LookupError):
        return raw


def _text(parts: list[Message]) -> str:
    """The first plain text of the mail, else the words of its first HTML."""
    for content_type, words in (("text/plain", str), ("text/html", text_of_html)):
        body = next((part for part in parts if part.get_content_type() == content_type and part.get_content_disposition() != "attachment"), None)
        text = plain_text(words(_characters(body)), limit=LONGEST_TEXT) if body else ""
        if text:
            return text
    return ""


def _characters(part: Message) -> str:
    content = _content(part)[:_LARGEST_TEXT_PART]
    try:
        return content.decode(part.get_content_charset("utf-8"))
    except (ValueError, LookupError):
        return decoded(content)


def _content(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""
