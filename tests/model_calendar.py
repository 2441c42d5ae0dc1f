"""A calendar client as RFC 5546 wants it, fed with nothing but the mails that its mailbox received, in their order."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes, policy
from functools import lru_cache
from typing import Any

from tests import ical_js

Shown = tuple[str, datetime, datetime]


@dataclass(frozen=True)
class Version:
    """What one mail said of one entry."""

    uid: str
    sequence: int
    dtstamp: datetime
    summary: str
    starts_at: datetime
    ends_at: datetime
    organizer: str
    attendees: tuple[str, ...]
    is_shown: bool
    octets: bytes

    @property
    def age(self) -> tuple[int, datetime]:
        """The later of two versions has the higher SEQUENCE or, where that is equal, the later DTSTAMP (RFC 5546 2.1.5)."""
        return self.sequence, self.dtstamp

    @property
    def hours(self) -> tuple[datetime, datetime]:
        return self.starts_at, self.ends_at


@dataclass
class ModelCalendar:
    """The entries of one mailbox by UID, and what a strict client would have to complain about.

    `may_not_have_left` holds UIDs of which a mail may have been lost on the way, so that its cancellation may come alone.
    """

    entries: dict[str, Version] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    may_not_have_left: set[str] = field(default_factory=set)

    def receive(self, mail: bytes) -> None:
        """Apply the mail's calendar part; a mail without one changes nothing."""
        octets = calendar_in(mail)
        if octets is not None:
            self.apply(octets)

    def apply(self, octets: bytes) -> None:
        file = ical_js.read(octets)
        method = file["method"]["value"]
        for event in file["events"]:
            version = _version(event, is_shown=method != "CANCEL" and event["status"]["value"] != "CANCELLED", octets=octets)
            self._take(version, method=method)

    def shown(self, uids: Collection[str] | None = None) -> set[Shown]:
        """What somebody sees who opens the calendar; of these UIDs only, if they are given."""
        entries = [entry for uid, entry in self.entries.items() if uids is None or uid in uids]
        return {(entry.summary, *entry.hours) for entry in entries if entry.is_shown}

    def _take(self, version: Version, *, method: str) -> None:
        known = self.entries.get(version.uid)
        if known is None:
            self._take_new(version, method=method)
        elif version.octets != known.octets:
            complaints = [*_complaints(known, version, method=method)]
            self.faults += [f"{version.uid}: {complaint}" for complaint in complaints]
            if version.age > known.age:
                self.entries[version.uid] = version

    def _take_new(self, version: Version, *, method: str) -> None:
        if method == "CANCEL" and version.uid not in self.may_not_have_left:
            self.faults.append(f"{version.uid}: cancels what never was there")
        if method != "CANCEL":
            self.entries[version.uid] = version


def _complaints(known: Version, version: Version, *, method: str) -> Iterable[str]:
    if version.age < known.age or version.sequence < known.sequence:
        yield "out of order"
    if version.age == known.age:
        yield "two versions under one number"
    if version.organizer != known.organizer:
        yield "another organizer"
    if version.attendees != known.attendees:
        yield "another attendee"
    if method == "CANCEL" and version.sequence <= known.sequence:
        yield "a cancellation without a number of its own"
    if method == "CANCEL" and version.hours != known.hours:
        yield "cancels other hours"


@lru_cache(maxsize=1000)
def calendar_in(mail: bytes) -> bytes | None:
    """The octets of the calendar part; a client may take either of the two, so they have to be the same."""
    parts = [
        part for part in message_from_bytes(mail, policy=policy.default).walk() if part.get_content_type() in {"text/calendar", "application/ics"}
    ]
    files = {part.get_payload(decode=True) for part in parts}
    assert len(files) <= 1
    return files.pop() if files else None


def _version(event: dict[str, Any], *, is_shown: bool, octets: bytes) -> Version:
    return Version(
        uid=event["uid"]["value"],
        sequence=event["sequence"]["value"],
        dtstamp=ical_js.moment(event["dtstamp"]),
        summary=event["summary"]["value"],
        starts_at=ical_js.moment(event["dtstart"]),
        ends_at=ical_js.moment(event["dtend"]),
        organizer=event["organizer"]["value"],
        attendees=tuple(attendee["value"].lower() for attendee in event.get("attendee", [])),
        is_shown=is_shown,
        octets=octets,
    )
