"""The bytes of one entry, from plain values."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from registrations.calendars.invitation import Entry, cancellation, cancelled, publication_of, read_entry, request, revocation_of
from registrations.calendars.texts import cleaned, cleaned_feed_name, cleaned_name
from tests.mail_rows import event_in, lines_of, names_in

STAMP = datetime(2021, 1, 15, 10, 15, tzinfo=UTC)
ENTRY = Entry(
    uid="3b0f6c1e-9d3e-4a52-8f0a-5f0c6a1d7e21@reuniones.example.org",
    language="es",
    starts_at=datetime(2021, 2, 10, 14, tzinfo=UTC),
    ends_at=datetime(2021, 2, 10, 17, tzinfo=UTC),
    summary="Diálogo regional, sesión 1: apertura, comercio; medidas",
    description="Su inscripción está confirmada.\nmiércoles 10 de febrero de 2021",
    location="En línea (Zoom); enlace en su página",
    organizer="registro@reuniones.example.org",
    organizer_name="Secretaría de la Reunión",
    attendee="maria@example.com",
    attendee_name="María Muñoz Peña",
    url="https://reuniones.example.org/es/p/k7Qd2/",
    join_url="https://reuniones.example.org/es/p/k7Qd2/join/1/",
    join_label="Entrar",
    created_at=STAMP,
)
NAMES = [
    "Íñigo Ñúñez Peña",
    'José "Pepe" Pérez',
    "Ortega, Ana; Ruiz: Luis",
    "back\\slash \\n o'Brien ʻOkina",
    "line\r\nbreak\u2028and\u2029more\x00\x07\x85x",
    "Emoji 😀🏳️‍🌈 王小明 đşł",
    "Ñandú de la Cruz y " * 10 + "Peña",
]


def test_a_request_has_exactly_the_properties_of_the_specification() -> None:
    ics = request(ENTRY, sequence=0, dtstamp=STAMP)

    assert lines_of(ics)[:5] == ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Dialogo//Registration desk//ES", "CALSCALE:GREGORIAN", "METHOD:REQUEST"]
    assert names_in(ics) == sorted(
        [
            "ATTENDEE",
            "CONFERENCE",
            "CREATED",
            "DESCRIPTION",
            "DTEND",
            "DTSTAMP",
            "DTSTART",
            "LAST-MODIFIED",
            "LOCATION",
            "ORGANIZER",
            "SEQUENCE",
            "STATUS",
            "SUMMARY",
            "TRANSP",
            "UID",
            "URL",
            "X-MICROSOFT-CDO-BUSYSTATUS",
            "X-MICROSOFT-DISALLOW-COUNTER",
        ]
    )
    for line in [
        "DTSTART:20210210T140000Z",
        "DTEND:20210210T170000Z",
        "DTSTAMP:20210115T101500Z",
        "CREATED:20210115T101500Z",
        "LAST-MODIFIED:20210115T101500Z",
        "SEQUENCE:0",
        "STATUS:CONFIRMED",
        "TRANSP:OPAQUE",
        "X-MICROSOFT-CDO-BUSYSTATUS:BUSY",
        "X-MICROSOFT-DISALLOW-COUNTER:TRUE",
        "SUMMARY;LANGUAGE=es:Diálogo regional\\, sesión 1: apertura\\, comercio\\; medidas",
        "LOCATION;LANGUAGE=es:En línea (Zoom)\\; enlace en su página",
        'ORGANIZER;CN="Secretaría de la Reunión";LANGUAGE=es:mailto:registro@reuniones.example.org',
        'ATTENDEE;CN="María Muñoz Peña";CUTYPE=INDIVIDUAL;LANGUAGE=es;PARTSTAT=ACCEPTED;ROLE=REQ-PARTICIPANT;RSVP=FALSE:mailto:maria@example.com',
        "CONFERENCE;FEATURE=AUDIO,VIDEO;LABEL=Entrar;VALUE=URI:https://reuniones.example.org/es/p/k7Qd2/join/1/",
        "URL:https://reuniones.example.org/es/p/k7Qd2/",
    ]:
        assert line in lines_of(ics)


def test_a_cancellation_says_the_same_times_and_person_and_no_way_to_join() -> None:
    sent = read_entry(request(ENTRY, sequence=4, dtstamp=STAMP))
    later = datetime(2021, 2, 1, 9, tzinfo=UTC)

    ics = cancellation(cancelled(sent, summary=f"CANCELADA: {sent.summary}", description="Ya no."), sequence=5, dtstamp=later)

    assert "METHOD:CANCEL" in lines_of(ics)
    assert names_in(ics) == sorted(
        [
            "ATTENDEE",
            "CREATED",
            "DESCRIPTION",
            "DTEND",
            "DTSTAMP",
            "DTSTART",
            "LAST-MODIFIED",
            "LOCATION",
            "ORGANIZER",
            "SEQUENCE",
            "STATUS",
            "SUMMARY",
            "UID",
            "URL",
        ]
    )
    for line in [
        "STATUS:CANCELLED",
        "SEQUENCE:5",
        "DTSTAMP:20210201T090000Z",
        "CREATED:20210115T101500Z",
        "DTSTART:20210210T140000Z",
        "DTEND:20210210T170000Z",
    ]:
        assert line in lines_of(ics)
    before = lines_of(request(ENTRY, sequence=4, dtstamp=STAMP))
    for name in ("UID", "ORGANIZER", "ATTENDEE", "URL"):
        assert [line for line in lines_of(ics) if line.startswith(name)] == [line for line in before if line.startswith(name)]


@pytest.mark.parametrize(("build", "status"), [(publication_of, "CONFIRMED"), (revocation_of, "CANCELLED")])
def test_an_entry_to_be_imported_names_no_attendee_and_has_no_way_to_join(build: Callable[..., bytes], status: str) -> None:
    ics = build(ENTRY, sequence=2, dtstamp=STAMP)

    assert "METHOD:PUBLISH" in lines_of(ics)
    assert f"STATUS:{status}" in lines_of(ics)
    assert names_in(ics) == sorted(
        [
            "CREATED",
            "DESCRIPTION",
            "DTEND",
            "DTSTAMP",
            "DTSTART",
            "LAST-MODIFIED",
            "LOCATION",
            "ORGANIZER",
            "SEQUENCE",
            "STATUS",
            "SUMMARY",
            "UID",
            "URL",
        ]
    )


def test_who_is_asked_is_asked_for_a_reply() -> None:
    ics = request(replace(ENTRY, answer="NEEDS-ACTION", is_asked=True), sequence=0, dtstamp=STAMP)

    [attendee] = [line for line in lines_of(ics) if line.startswith("ATTENDEE")]
    assert "PARTSTAT=NEEDS-ACTION;ROLE=REQ-PARTICIPANT;RSVP=TRUE:" in attendee


def test_what_was_sent_is_read_back_whole() -> None:
    assert read_entry(request(ENTRY, sequence=0, dtstamp=STAMP)) == replace(ENTRY, join_url="", join_label="")


def test_the_same_values_give_the_same_bytes() -> None:
    assert request(ENTRY, sequence=0, dtstamp=STAMP) == request(ENTRY, sequence=0, dtstamp=STAMP)


def test_without_a_join_link_there_is_no_conference() -> None:
    assert "CONFERENCE" not in names_in(request(replace(ENTRY, join_url=""), sequence=0, dtstamp=STAMP))


@pytest.mark.parametrize("name", NAMES)
def test_any_name_arrives_in_another_reader(name: str) -> None:
    entry = replace(ENTRY, attendee_name=name, organizer_name=name, summary=name, description=name, location=name)

    ics = request(entry, sequence=0, dtstamp=STAMP)
    event = event_in(ics)

    assert event.attendee.params["CN"] == [cleaned_name(name)]
    assert event.organizer.params["CN"] == [cleaned_name(name)]
    assert event.summary.value == " ".join(cleaned(name).split())
    assert event.description.value == cleaned(name)
    assert event.attendee.value == "mailto:maria@example.com"
    assert all(len(line) <= 75 for line in ics.split(b"\r\n"))
    assert b"\n" not in ics.replace(b"\r\n", b"")
    ics.decode()


def test_cleaning_keeps_lines_and_drops_what_readers_stumble_over() -> None:
    assert cleaned("a\r\nb\rc\u2028d\te\\nf\x00\x1b\x9f") == "a\nb\nc\nd e/nf"
    assert cleaned_name('Ana "la\nJefa" \\ Ruiz') == "Ana 'la Jefa' / Ruiz"
    assert cleaned_feed_name("Lima, Quito; x\ny") == "Lima Quito x y"
