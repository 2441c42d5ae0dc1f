"""What only a draft says, or a session that does not take place, counts nowhere."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache

from registrations.exports.participant_table import participant_table
from registrations.links import delegation_token
from registrations.models import Meeting, ProgrammeItem, Session
from registrations.operations.drafts import drop
from registrations.queries.desk import figures_of_published_meetings
from registrations.queries.last_delegation import people_of_last_time
from tests.make import NOW, a_meeting, a_participant, a_session
from tests.web_form import soup

pytestmark = pytest.mark.django_db
YEAR = timedelta(days=365)


@pytest.fixture(autouse=True)
def clock():
    cache.clear()
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def a_draft(meeting: Meeting, *, later: timedelta, **fields) -> Session:
    starts_at = meeting.sessions.get(number=1).starts_at + later
    names = {"title_en": "Zephyr session", "title_es": "Sesión Céfiro"}
    return a_session(meeting, number=9, starts_at=starts_at, ends_at=starts_at + timedelta(hours=1), is_draft=True, **names | fields)


def a_draft_item(session: Session) -> ProgrammeItem:
    times = {"starts_at": session.starts_at, "ends_at": session.ends_at}
    return ProgrammeItem.objects.create(session=session, title_en="Zephyr item", title_es="Punto Céfiro", is_draft=True, **times)


@pytest.mark.parametrize("path", ["", "meeting/", "meeting/programme.ics", "meeting/register/geneva_mission/"])
@pytest.mark.parametrize("language", ["en", "es"])
def test_no_public_page_tells_of_a_draft(client, path: str, language: str) -> None:
    meeting = a_meeting(slug="meeting")
    a_meeting(slug="other")
    a_draft(meeting, later=YEAR)
    a_draft_item(meeting.sessions.get(number=1))

    text = client.get(f"/{language}/{path}").content.decode().replace("\r\n ", "")

    assert not {word for word in ("Zephyr", "Céfiro", "2028") if word in text}
    assert "2027" in text


def test_a_session_to_be_dropped_is_in_force_until_that_is_published(client) -> None:
    meeting = a_meeting(slug="meeting")
    session = meeting.sessions.get(number=2)

    drop(session, meeting=meeting)

    assert [heading.text.strip() for heading in soup(client.get("/en/meeting/")).select(".session h3")] == ["Session 1", "Session 2"]


def test_a_delegations_link_lives_as_long_as_the_published_meeting_says(client, clock) -> None:
    meeting = a_meeting()
    address = f"/en/d/{delegation_token(a_participant(meeting).delegation)}/"
    a_draft(meeting, later=2 * YEAR)

    clock.move_to(NOW + YEAR)

    assert client.get(address).status_code == 410


def test_a_draft_makes_no_earlier_meeting_a_later_one() -> None:
    earlier, meeting = a_meeting(), a_meeting()
    Session.objects.filter(meeting=meeting, number__in=[1, 2]).update(starts_at=NOW + YEAR, ends_at=NOW + YEAR + timedelta(hours=1))
    person = a_participant(earlier, email="focal@example.org")
    group = a_participant(meeting, email="focal@example.org", family_names="Otra").delegation
    a_draft(earlier, later=2 * YEAR)

    assert people_of_last_time(group) == [person]


def test_a_draft_does_not_order_the_figures() -> None:
    a_meeting(slug="first")
    second = a_meeting(slug="second")
    second.sessions.update(starts_at=NOW + YEAR, ends_at=NOW + YEAR + timedelta(hours=1))
    a_draft(second, later=-2 * YEAR)

    assert [each.meeting.slug for each in figures_of_published_meetings(now=NOW)] == ["first", "second"]


def test_a_meeting_is_over_when_the_last_session_that_takes_place_is_over() -> None:
    meeting = a_meeting()
    meeting.sessions.filter(number=2).update(starts_at=NOW + YEAR, ends_at=NOW + YEAR + timedelta(hours=1), is_cancelled=True)

    [figures] = figures_of_published_meetings(now=NOW + timedelta(days=60))

    assert figures.is_over


def test_the_export_has_no_column_for_a_draft_and_marks_a_cancelled_session() -> None:
    meeting = a_meeting()
    a_participant(meeting)
    a_draft(meeting, later=YEAR)
    meeting.sessions.filter(number=2).update(is_cancelled=True)

    headers = [column.header for column in participant_table(meeting.participants.all(), language="es").columns]

    assert [header for header in headers if header.startswith("Sesión")] == ["Sesión 1: Sesión 1", "Sesión 2: Sesión 2 (cancelada)"]


@pytest.mark.parametrize(("cancelled", "days"), [([], "10 and 11 February 2027"), ([2], "10 February 2027"), ([1, 2], "10 and 11 February 2027")])
def test_a_meeting_is_dated_by_what_takes_place(client, cancelled: list[int], days: str) -> None:
    meeting = a_meeting(slug="meeting")
    a_meeting(slug="other", sessions=0)
    meeting.sessions.filter(number__in=cancelled).update(is_cancelled=True)

    page = soup(client.get("/en/meeting/"))

    assert page.title.text == f"Regional Dialogue on Humanitarian Demining · {days} · Diálogo"
    assert page.select_one(".clocks-when").text == f"{days} · Online"
    assert f"{days} · Online" in [line.text for line in soup(client.get("/en/")).select(".agenda .when")]
