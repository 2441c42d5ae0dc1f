"""A calendar file out of a mail, read with the least of RFC 5545 that an answer needs."""

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any, NamedTuple
from uuid import UUID

from registrations.details import CalendarReply
from registrations.enums import Answer
from registrations.inbound.texts import decoded, plain_text
from registrations.rules.names import mailbox_key
from registrations.rules.replies import REPLY

LARGEST = 256 * 1024
LONGEST_COMMENT = 1000
_HIGHEST_SEQUENCE = 2**31 - 1  # what the column holds


class _Line(NamedTuple):
    """One content line (RFC 5545 3.1) with the component it stands in."""

    component: str
    name: str
    parameters: Mapping[str, Any]
    value: str


def read_reply(content: bytes) -> CalendarReply | None:
    """What the file says, or None where it is not one event of one entry, too large, or a reply that lacks what it must have.

    COMMENT is cut at 1000 characters. ORGANIZER is not asked for: Exchange leaves it out.
    """
    if len(content) > LARGEST:
        return None
    lines = list(_lines(decoded(content)))
    begun = Counter(line.component for line in lines if line.name == "BEGIN")
    methods = [line.value.upper() for line in lines if (line.component, line.name) == ("VCALENDAR", "METHOD")]
    event = [line for line in lines if line.component == "VEVENT"]
    uids = {line.value for line in event if line.name == "UID"}
    is_one = (begun["VCALENDAR"], begun["VEVENT"], len(methods), len(uids)) == (1, 1, 1, 1)
    if not is_one or any(line.name == "RECURRENCE-ID" for line in event):
        return None
    return _reply(methods[0], uids.pop(), event)


def _lines(text: str) -> Iterator[_Line]:
    """The content lines; BEGIN stands in the component that it opens, and what cannot be read is left out."""
    from icalendar.parser import Contentlines  # noqa: PLC0415  50 ms, not needed to start

    within, lines = [""], Contentlines.from_ical(text)  # type: ignore[no-untyped-call]
    for line in lines[:-1]:  # an empty one ends the list
        with suppress(ValueError):
            name, parameters, value = line.parts()
            name, value = name.upper(), value.strip()
            if name == "BEGIN":
                within.append(value.upper())
            yield _Line(within[-1], name, parameters, value)
            if name == "END" and len(within) > 1:
                within.pop()


def _reply(method: str, uid: str, event: list[_Line]) -> CalendarReply | None:
    attendees = [line for line in event if line.name == "ATTENDEE"]
    values = {line.name: line.value for line in reversed(event)}
    dtstamp, sequence = _moment(values.get("DTSTAMP", "")), values.get("SEQUENCE", "0").strip()
    is_complete = len(attendees) == 1 and dtstamp is not None and sequence.isascii() and sequence.isdigit()
    if method == REPLY and not is_complete:
        return None
    attendee = attendees[0] if is_complete else _Line("", "", {}, "")
    return CalendarReply(
        method=method,
        uid=_uuid(uid),
        attendee=_mailbox(attendee.value),
        answer=_answer(str(attendee.parameters.get("PARTSTAT", ""))),
        sequence=min(int(sequence), _HIGHEST_SEQUENCE) if is_complete else 0,
        dtstamp=dtstamp,
        comment=plain_text(values.get("COMMENT", ""), limit=LONGEST_COMMENT),
    )


def _answer(partstat: str) -> Answer | None:
    """One of the three answers; DELEGATED and whatever else is for somebody to read."""
    given = partstat.upper()
    return Answer(given) if given in Answer.values and given != Answer.NEEDS_ACTION else None


def _mailbox(address: str) -> str:
    scheme, _colon, mailbox = address.strip().partition(":")
    return mailbox_key(mailbox) if scheme.lower() == "mailto" else ""


def _uuid(uid: str) -> UUID | None:
    with suppress(ValueError):
        return UUID(uid.strip().partition("@")[0])
    return None


def _moment(value: str) -> datetime | None:
    """A moment in UTC (RFC 5545 3.3.5); some programs forget the Z."""
    with suppress(ValueError):
        return datetime.strptime(value.strip().removesuffix("Z"), "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
    return None
