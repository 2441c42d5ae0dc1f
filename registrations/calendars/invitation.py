"""One calendar entry of one mailbox as a mail carries it: REQUEST and CANCEL (RFC 5546 3.2.2, 3.2.5), or PUBLISH in a file to import.

One VEVENT with UTC times, and with one ATTENDEE unless it is published. There is no VALARM (clients have their own), no RRULE, no VTIMEZONE
(nothing uses a TZID) and no X-ALT-DESC (Outlook shows the mail's HTML).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from registrations.calendars.texts import cleaned, cleaned_line, cleaned_name
from registrations.enums import Answer, CalendarMethod

if TYPE_CHECKING:
    from icalendar import Calendar, Event, vCalAddress


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What a calendar shows, as plain values. `join_url` is empty where nobody may join, `url` is the participant's page.

    As long as nobody reads the answers none `is_asked` for, and the entry arrives accepted.
    """

    uid: str
    language: str
    starts_at: datetime
    ends_at: datetime
    summary: str
    description: str
    location: str
    organizer: str
    organizer_name: str
    attendee: str
    attendee_name: str
    url: str
    join_url: str
    join_label: str
    created_at: datetime
    answer: str = Answer.ACCEPTED.value
    is_asked: bool = False

    @property
    def answer_is_due(self) -> bool:
        """Whether the attendee is asked and has not answered."""
        return self.is_asked and self.answer == Answer.NEEDS_ACTION


def request(entry: Entry, *, sequence: int, dtstamp: datetime) -> bytes:
    """The bytes of an invitation or of an update to it."""
    event = _addressed(entry, sequence=sequence, dtstamp=dtstamp)
    event.add("status", "CONFIRMED")
    event.add("transp", "OPAQUE")
    event.add("x-microsoft-cdo-busystatus", "BUSY")
    event.add("x-microsoft-disallow-counter", "TRUE")
    if entry.join_url:
        _add_conference(event, entry)
    return _file(event, method=CalendarMethod.REQUEST, language=entry.language)


def cancellation(entry: Entry, *, sequence: int, dtstamp: datetime) -> bytes:
    """The bytes that take the entry out of the calendar again. `entry` is what the last invitation said."""
    event = _addressed(entry, sequence=sequence, dtstamp=dtstamp)
    event.add("status", "CANCELLED")
    return _file(event, method=CalendarMethod.CANCEL, language=entry.language)


def publication_of(entry: Entry, *, sequence: int, dtstamp: datetime) -> bytes:
    """The bytes of an entry to be imported: it says nothing of an attendee and has no way to join (RFC 5546 3.2.1)."""
    return _publication(entry, status="CONFIRMED", sequence=sequence, dtstamp=dtstamp)


def revocation_of(entry: Entry, *, sequence: int, dtstamp: datetime) -> bytes:
    """The bytes of an imported entry that does not hold any more. `entry` is what was published last."""
    return _publication(entry, status="CANCELLED", sequence=sequence, dtstamp=dtstamp)


def cancelled(entry: Entry, *, summary: str, description: str) -> Entry:
    """The entry with the texts of its cancellation and without a way to join."""
    return replace(entry, summary=summary, description=description, join_url="", join_label="")


def read_entry(ics: bytes) -> Entry:
    """The entry that we sent, whatever the method; one that was published has no attendee."""
    from icalendar import Calendar  # noqa: PLC0415  50 ms, needed by the mail worker only

    event: Any = Calendar.from_ical(ics).walk("VEVENT")[0]
    organizer, attendee = event["ORGANIZER"], event.get("ATTENDEE")
    return Entry(
        uid=str(event["UID"]),
        language=event["SUMMARY"].params["LANGUAGE"],
        starts_at=event["DTSTART"].dt,
        ends_at=event["DTEND"].dt,
        summary=str(event["SUMMARY"]),
        description=str(event.get("DESCRIPTION", "")),
        location=str(event.get("LOCATION", "")),
        organizer=_address(organizer),
        organizer_name=organizer.params["CN"],
        attendee=_address(attendee) if attendee else "",
        attendee_name=attendee.params["CN"] if attendee else "",
        url=str(event["URL"]),
        join_url="",
        join_label="",
        created_at=event["CREATED"].dt,
        answer=attendee.params["PARTSTAT"] if attendee else Answer.ACCEPTED.value,
        is_asked=bool(attendee) and attendee.params["RSVP"] == "TRUE",
    )


def new_file(*, method: str, language: str) -> Calendar:
    """An empty VCALENDAR in the order that RFC 5546 readers expect: its own properties before any component."""
    from icalendar import Calendar  # noqa: PLC0415  50 ms, not needed to start

    file = Calendar()
    file.add("version", "2.0")
    file.add("prodid", f"-//Dialogo//Registration desk//{language.upper()}")
    file.add("calscale", "GREGORIAN")
    file.add("method", method)
    return file


def organizer_address(address: str, *, name: str, language: str) -> vCalAddress:
    from icalendar import vCalAddress  # noqa: PLC0415  50 ms, not needed to start

    return vCalAddress(f"mailto:{address}", params={"CN": cleaned_name(name), "LANGUAGE": language})


def add_texts(event: Event, *, language: str, summary: str, description: str, location: str) -> None:
    """SUMMARY, DESCRIPTION and LOCATION with their language; those that are empty are left out."""
    for name, text in {"summary": cleaned_line(summary), "description": cleaned(description), "location": cleaned_line(location)}.items():
        if text:
            event.add(name, text, parameters={"LANGUAGE": language})


def _file(event: Event, *, method: CalendarMethod, language: str) -> bytes:
    file = new_file(method=method.value, language=language)
    file.add_component(event)
    return bytes(file.to_ical())


def _event(entry: Entry, *, sequence: int, dtstamp: datetime) -> Event:
    from icalendar import Event  # noqa: PLC0415  50 ms, needed by the mail worker only

    event = Event.new(
        uid=entry.uid,
        stamp=dtstamp,
        start=entry.starts_at,
        end=entry.ends_at,
        sequence=sequence,
        url=entry.url,
        created=entry.created_at,
        last_modified=dtstamp,
    )
    add_texts(event, language=entry.language, summary=entry.summary, description=entry.description, location=entry.location)
    event.add("organizer", organizer_address(entry.organizer, name=entry.organizer_name, language=entry.language))
    return event


def _addressed(entry: Entry, *, sequence: int, dtstamp: datetime) -> Event:
    event = _event(entry, sequence=sequence, dtstamp=dtstamp)
    event.add("attendee", _attendee(entry))
    return event


def _publication(entry: Entry, *, status: str, sequence: int, dtstamp: datetime) -> bytes:
    event = _event(entry, sequence=sequence, dtstamp=dtstamp)
    event.add("status", status)
    return _file(event, method=CalendarMethod.PUBLISH, language=entry.language)


def _attendee(entry: Entry) -> vCalAddress:
    from icalendar import vCalAddress  # noqa: PLC0415  50 ms, needed by the mail worker only

    who = {"CN": cleaned_name(entry.attendee_name), "LANGUAGE": entry.language}
    reply = {"PARTSTAT": entry.answer, "RSVP": "TRUE" if entry.is_asked else "FALSE"}
    return vCalAddress(f"mailto:{entry.attendee}", params={**who, "CUTYPE": "INDIVIDUAL", "ROLE": "REQ-PARTICIPANT", **reply})


def _add_conference(event: Event, entry: Entry) -> None:
    from icalendar import vUri  # noqa: PLC0415  50 ms, needed by the mail worker only

    how = {"VALUE": "URI", "FEATURE": ["AUDIO", "VIDEO"], "LABEL": cleaned_name(entry.join_label)}
    event.add("conference", vUri(entry.join_url, params=how))


def _address(value: vCalAddress) -> str:
    return str(value).removeprefix("mailto:")
