"""Every kind of calendar file that we make, read by two programs that did not make it: ical.js and vobject."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pytest_django import Settings

from registrations.calendars.own import own_calendar
from registrations.calendars.programme import programme_calendar
from registrations.enums import MessageKind
from registrations.links import participant_url
from registrations.operations.withdraw import withdraw
from tests import ical_js
from tests.mail_rows import octets, owed, sent
from tests.make import NOW, ORGANIZER, a_meeting, a_person, participants_of, sign_up
from tests.odd_texts import TEXTS, Scene, Text, a_scene, every_text, names_of
from tests.published import publish_change
from tests.readers import by_ical_js, by_vobject

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)
FAREWELL = {"en": "CANCELLED: ", "es": "CANCELADA: "}


# --- every kind of file -------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Kind:
    """A kind of file: how it comes about, and what a calendar has to make of each of its sessions."""

    file: Callable[[Scene], bytes]
    method: str
    status: str = "CONFIRMED"
    sessions: tuple[int, ...] = (1,)
    is_personal: bool = True
    is_public: bool = False
    moved: timedelta = timedelta()


def request(scene: Scene) -> bytes:
    return octets(sent(owed(scene.participant, MessageKind.INVITATION, session=1)))


def update(scene: Scene) -> bytes:
    request(scene)
    session = scene.session
    publish_change(session, now=LATER, starts_at=session.starts_at + timedelta(hours=1), ends_at=session.ends_at + timedelta(hours=1))
    return octets(sent(owed(scene.participant, MessageKind.INVITATION, session=1), now=LATER))


def cancel(scene: Scene) -> bytes:
    request(scene)
    withdraw(scene.participant, actor=ORGANIZER, now=LATER)
    return octets(sent(owed(scene.participant, MessageKind.CANCELLATION, session=1), now=LATER))


KINDS = {
    "request": Kind(request, "REQUEST"),
    "update": Kind(update, "REQUEST", moved=timedelta(hours=1)),
    "cancellation": Kind(cancel, "CANCEL", status="CANCELLED"),
    "own file": Kind(lambda scene: own_calendar(scene.participant, now=NOW), "PUBLISH", sessions=(1, 2), is_personal=False),
    "feed": Kind(
        lambda scene: programme_calendar(scene.meeting, language=scene.language), "PUBLISH", sessions=(1, 2), is_personal=False, is_public=True
    ),
}


@pytest.fixture(autouse=True)
def the_organizer_is_called_like_the_meeting(settings: Settings) -> None:
    settings.DEFAULT_FROM_EMAIL = "registration@dialogo.example.org"


every_file = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS.keys())


@every_file
@every_text
def test_two_readers_find_what_was_meant(kind: Kind, text: Text, language: str) -> None:
    scene = a_scene(text, language)

    ics = kind.file(scene)

    assert_well_folded(ics)
    events = by_ical_js(ics)
    assert by_vobject(ics) == events
    assert ical_js.read(ics)["method"]["value"] == kind.method
    for event, number in zip(events, kind.sessions, strict=True):
        assert event["summary"] == (FAREWELL[language] * (kind.method == "CANCEL") + scene.summary(number), {"language": language})
        assert event["location"] == (_place(scene, kind), {"language": language})
        assert event["organizer"] == ("mailto:registration@dialogo.example.org", {"cn": f"{language} {text.name}", "language": language})
        assert event["status"][0] == kind.status
        assert _hours(event) == _hours_of(number, moved=kind.moved)
        assert _people_in(event) == [_attendee(scene)] * kind.is_personal
        assert ("conference" in event) == (kind.method == "REQUEST")


def assert_well_folded(ics: bytes) -> None:
    """RFC 5545 3.1: lines of 75 octets at most that end in CRLF; and none is cut inside a character."""
    lines = ics.split(b"\r\n")
    assert lines.pop() == b""
    assert not [line for line in lines if len(line) > 75 or b"\r" in line or b"\n" in line]
    for line in lines:
        line.decode()


def _place(scene: Scene, kind: Kind) -> str:
    """Where people join by link, whoever takes part reads where to find it."""
    note = {"en": "the link to join is on your page", "es": "el enlace de acceso está en su página"}[scene.language]
    return scene.title if kind.is_public else f"{scene.title}; {note}"


def _hours(event: dict[str, Any]) -> tuple[str, str]:
    return event["dtstart"][0], event["dtend"][0]


def _hours_of(number: int, *, moved: timedelta) -> tuple[str, str]:
    starts_at = datetime(2027, 2, 9 + number, 14, tzinfo=UTC) + moved
    return starts_at.isoformat(), (starts_at + timedelta(hours=3)).isoformat()


def _people_in(event: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [(address, parameters["cn"], parameters["language"]) for address, parameters in event.get("attendee", [])]


def _attendee(scene: Scene) -> tuple[str, str, str]:
    return f"mailto:{scene.participant.email}", scene.common_name, scene.language


@every_text
def test_the_feed_keeps_its_own_name_and_the_lines_of_its_items(text: Text, language: str) -> None:
    scene = a_scene(text, language)

    ics = programme_calendar(scene.meeting, language=language)

    file = ical_js.read(ics)
    name = re.sub("[,;]+ *", " ", scene.title).strip()
    assert (_unescaped(file["name"]["value"]), file["name"]["parameters"]) == (scene.title, {"language": language})
    assert [file[each]["value"] for each in ("x-wr-calname", "x-wr-caldesc", "description")] == [name, name, scene.title]
    assert [event["description"]["value"].rpartition("\n15:00-15:30 ")[2] for event in file["events"]] == [
        f"{number} {language} {text.lines}" for number in (1, 2)
    ]


def _unescaped(raw: str) -> str:
    """A TEXT of a property that ical.js does not know (RFC 7986), so that it hands it over as it stands."""
    return raw.replace("\\,", ",").replace("\\;", ";")


@every_text
def test_two_on_one_mailbox_are_both_named(text: Text, language: str) -> None:
    person = a_person(email="mision@example.org", language=language, **names_of(text))
    namesake = replace(person, family_names=f"{person.family_names} B")
    first, second = participants_of(sign_up(a_meeting(), person, namesake))

    ics = octets(sent(owed(first, MessageKind.INVITATION, session=1)))

    [event] = by_ical_js(ics)
    name = text.lines if text.typed[120:] else f"{text.lines} Peña"
    assert f"\n{name}: {participant_url(first)}\n{name} B: {participant_url(second)}" in event["description"][0]
    assert by_vobject(ics) == [event]
    assert _people_in(event) == [("mailto:mision@example.org", {"en": "Peru", "es": "Perú"}[language], language)]


def test_a_file_with_two_summaries_or_a_time_without_a_zone_is_refused() -> None:
    ics = request(a_scene(TEXTS["accents"], "es"))

    for broken in [ics.replace(b"STATUS:CONFIRMED", b"SUMMARY:x"), ics.replace(b"140000Z", b"140000"), ics.replace(b"\xc3", b""), ics + ics]:
        with pytest.raises(ical_js.Unreadable):
            ical_js.read(broken)
