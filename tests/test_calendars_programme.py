import warnings
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import vobject

from registrations.calendars.add_links import add_links
from registrations.calendars.entries import invite
from registrations.calendars.programme import programme_calendar
from registrations.models import Meeting, ProgrammeItem
from tests.mail_rows import lines_of
from tests.make import NOW, a_meeting, a_participant

pytestmark = pytest.mark.django_db


def a_provisional_meeting() -> Meeting:
    meeting = a_meeting(
        title_en="Dialogue, regional; on demining", subtitle_en="Peru, Ecuador", join_url="https://zoom.example.com/j/1", changed_at=NOW, version=7
    )
    session = meeting.sessions.get(number=1)
    ProgrammeItem.objects.create(
        session=session, title_en="Opening", title_es="Apertura", starts_at=session.starts_at, ends_at=session.starts_at + timedelta(minutes=30)
    )
    return meeting


def test_the_feed_holds_every_session_and_the_properties_of_a_feed() -> None:
    meeting = a_provisional_meeting()

    lines = lines_of(programme_calendar(meeting, language="en"))

    for line in [
        "METHOD:PUBLISH",
        "NAME;LANGUAGE=en:Dialogue\\, regional\\; on demining",
        "X-WR-CALNAME:Dialogue regional on demining",
        "DESCRIPTION;LANGUAGE=en:Peru\\, Ecuador",
        "X-WR-CALDESC:Peru Ecuador",
        f"URL:http://localhost/en/{meeting.slug}/",
        f"SOURCE;VALUE=URI:http://localhost/en/{meeting.slug}/programme.ics",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H",
        "SEQUENCE:7",
        "DTSTAMP:20270120T100000Z",
        "LAST-MODIFIED:20270120T100000Z",
        "STATUS:CONFIRMED",
        "LOCATION;LANGUAGE=en:Online",
    ]:
        assert line in lines
    assert [line for line in lines if line.startswith("UID")] == [f"UID:session-{session.pk}@localhost" for session in meeting.sessions.all()]
    [described] = [line for line in lines if "Opening" in line]
    assert "\\n15:00-15:30 Opening" in described


def test_another_reader_understands_the_feed() -> None:
    meeting = a_provisional_meeting()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        file = vobject.readOne(programme_calendar(meeting, language="es").decode())

    assert [event.dtstart.value.replace(tzinfo=UTC) for event in file.vevent_list] == [datetime(2027, 2, day, 14, tzinfo=UTC) for day in (10, 11)]
    assert [event.summary.params["LANGUAGE"] for event in file.vevent_list] == [["es"], ["es"]]
    assert "Apertura" in file.vevent_list[0].description.value


def test_the_feed_tells_nothing_private() -> None:
    meeting = a_provisional_meeting()
    participant = a_participant(meeting)
    revision = invite(meeting.sessions.get(number=1), mailbox=participant.mailbox, now=NOW)

    feed = programme_calendar(meeting, language="en").decode()

    assert revision is not None
    for secret in ["zoom", "/join/", "ATTENDEE", "CONFERENCE", participant.email, participant.family_names, str(revision.invitation.uid)]:
        assert secret not in feed


def test_the_bytes_repeat() -> None:
    meeting = a_provisional_meeting()

    assert programme_calendar(meeting, language="en") == programme_calendar(Meeting.objects.get(), language="en")


def test_the_feed_costs_the_same_number_of_statements_at_any_length(django_assert_num_queries: object) -> None:
    for sessions in (1, 5):
        meeting = a_meeting(sessions=sessions)
        with django_assert_num_queries(3):  # type: ignore[operator]
            programme_calendar(meeting, language="en")


def test_add_links_carry_the_session_to_each_web_calendar() -> None:
    session = a_meeting(title_en="Dialogue & more").sessions.get(number=1)

    links = add_links(session, language="en", url="https://meetings.example.org/en/p/a b/")

    assert [link.label for link in links] == ["Google Calendar", "Outlook.com", "Office 365", "Yahoo"]
    assert [urlsplit(link.url).hostname for link in links] == ["calendar.google.com", "outlook.live.com", "outlook.office.com", "calendar.yahoo.com"]
    assert parse_qs(urlsplit(links[0].url).query) == {
        "action": ["TEMPLATE"],
        "text": ["Dialogue & more: Session 1"],
        "dates": ["20270210T140000Z/20270210T170000Z"],
        "details": ["https://meetings.example.org/en/p/a b/"],
        "location": ["Online"],
        "ctz": ["Europe/Zurich"],
    }
    assert "startdt=2027-02-10T14%3A00%3A00Z&enddt=2027-02-10T17%3A00%3A00Z" in links[1].url
    assert "st=20270210T140000Z&et=20270210T170000Z" in links[3].url
    assert not [link for link in links if "+" in link.url or " " in link.url]


def test_a_cancelled_session_stays_in_the_feed_as_cancelled() -> None:
    meeting = a_meeting()
    meeting.sessions.filter(number=2).update(is_cancelled=True)

    lines = lines_of(programme_calendar(meeting, language="es"))

    assert [line for line in lines if line.startswith("STATUS")] == ["STATUS:CONFIRMED", "STATUS:CANCELLED"]
    assert "SUMMARY;LANGUAGE=es:CANCELADA: Diálogo Regional de Partes sobre Desminado Humanitario: Sesión 2" in lines


def test_a_cancelled_session_leaves_the_feed_once_the_meeting_is_over() -> None:
    meeting = a_meeting()
    meeting.sessions.filter(number=2).update(is_cancelled=True)

    lines = lines_of(programme_calendar(meeting, language="es", is_over=True))

    assert [line for line in lines if line.startswith("STATUS")] == ["STATUS:CONFIRMED"]
