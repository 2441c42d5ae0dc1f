"""A participant's own page over HTTP."""

from datetime import timedelta

import pytest
import time_machine

from registrations.enums import Status
from registrations.links import participant_token
from registrations.models import OutboxMessage, Participant
from tests.make import NOW, a_meeting, a_participant, a_pending_participant, status_of
from tests.web_form import soup

pytestmark = pytest.mark.django_db
ROOM = "https://meet.example.org/secret-room"


@pytest.fixture
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def meeting(clock):
    return a_meeting(slug="dialogue", join_url=ROOM)


def page_of(participant: Participant, language: str = "en", rest: str = "") -> str:
    return f"/{language}/p/{participant_token(participant)}/{rest}"


def test_the_page_tells_status_record_and_sessions_on_all_clocks(client, meeting):
    participant = a_participant(meeting, given_names="Ana", family_names="Ruiz", email="ana@example.org", sessions=frozenset({1}))

    page = soup(client.get(page_of(participant)))

    assert page.h1.text == "Sra. Ana Ruiz"
    assert page.select_one(".status").text == "Confirmed"
    record = [cell.text.strip() for cell in page.select("dl.facts dd")]
    assert {"ana@example.org", "Embajadora", "Head of delegation", "Sra. Ana Ruiz", "Spanish"} <= set(record)
    assert len(page.select(".attendance")) == 1
    assert " ".join(page.select_one(".times").text.split()) == "15:00-18:00 Geneva (GMT+1) · 09:00-12:00 Quito, Lima and Washington, D.C. (GMT-5)"


def test_the_page_asks_search_engines_and_caches_to_forget_it(client, meeting):
    response = client.get(page_of(a_participant(meeting)))

    assert response["X-Robots-Tag"] == "noindex"
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "strict-origin"


@pytest.mark.parametrize("token", ["x", "1-1.x", "1-1", "1-1.pHZdckkN4NoCe4uuGS6k6AnCsQEZo6tTbldp4Cz0bwM", "999-1.AAAA"])
def test_a_made_up_link_shows_nothing(client, meeting, token):
    a_participant(meeting)

    assert client.get(f"/en/p/{token}/").status_code == 404
    assert client.get(f"/en/p/{token}/calendar.ics").status_code == 404


def test_a_revoked_link_says_so(client, meeting):
    participant = a_participant(meeting)
    address = page_of(participant)
    Participant.objects.update(link_version=2)

    for method, rest in ((client.get, ""), (client.post, ""), (client.get, "join/1/"), (client.get, "calendar.ics")):
        response = method(address + rest)
        assert response.status_code == 410
        assert participant.email not in response.content.decode()


def test_a_visit_changes_nothing(client, meeting):
    participant = a_participant(meeting)

    client.get(page_of(participant) + "?action=withdraw")
    client.get(page_of(participant, rest="join/1/"))

    assert (status_of(participant), participant.history.count()) == (Status.CONFIRMED, 1)


def test_withdrawing_takes_one_button_and_cannot_be_done_twice(client, meeting):
    participant = a_participant(meeting)

    response = client.post(page_of(participant), {"action": "withdraw"}, follow=True)

    assert soup(response).select_one(".status").text == "Withdrawn"
    assert soup(response).select("button[value=withdraw]") == []
    assert OutboxMessage.objects.filter(kind="cancellation").count() == 2
    again = client.post(page_of(participant), {"action": "withdraw"})
    assert "Nothing was changed." in soup(again).select_one("[role=alert]").text


def test_a_forged_withdrawal_from_another_site_is_refused(meeting):
    from django.test import Client  # noqa: PLC0415  a client that checks

    participant = a_participant(meeting)

    response = Client(enforce_csrf_checks=True).post(page_of(participant), {"action": "withdraw"})

    assert (response.status_code, status_of(participant)) == (403, Status.CONFIRMED)


def test_the_own_calendar_holds_the_chosen_sessions(client, meeting):
    participant = a_participant(meeting, sessions=frozenset({2}))

    response = client.get(page_of(participant, rest="calendar.ics"))

    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response.content.count(b"BEGIN:VEVENT") == 1
    assert b"DTSTART:20270211T140000Z" in response.content
    assert client.get(page_of(participant, rest="calendar.ics")).content == response.content


# --- the way into the room -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("before_start", "location"),
    [(timedelta(minutes=31), None), (timedelta(minutes=30), ROOM), (-timedelta(hours=2), ROOM), (-timedelta(hours=3), None)],
    ids=["too early", "just open", "during", "over"],
)
def test_the_way_into_the_room_is_open_from_half_an_hour_before_until_the_end(client, clock, meeting, before_start, location):
    participant = a_participant(meeting)
    session = meeting.sessions.get(number=1)

    clock.move_to(session.starts_at - before_start)
    response = client.get(page_of(participant, rest="join/1/"))

    assert response.status_code == 302
    assert response["Location"] == (location or page_of(participant))
    assert (len(soup(client.get(page_of(participant))).select("a[href*='/join/']")) == 1) is bool(location)


def test_nobody_joins_a_session_that_they_do_not_attend(client, clock, meeting):
    participant = a_participant(meeting, sessions=frozenset({2}))
    clock.move_to(meeting.sessions.get(number=1).starts_at)

    assert client.get(page_of(participant, rest="join/1/"))["Location"] == page_of(participant)


@pytest.mark.parametrize("status", [status for status in Status if status != Status.CONFIRMED])
@pytest.mark.parametrize("language", ["en", "es"])
def test_only_somebody_confirmed_ever_sees_the_way_into_the_room(client, clock, meeting, status, language):
    participant = a_pending_participant(meeting)
    Participant.objects.update(status=status)
    clock.move_to(meeting.sessions.get(number=1).starts_at)

    answers = [client.get(page_of(participant, language, rest)) for rest in ("", "calendar.ics", "join/1/")]

    for response in answers:
        everything = response.content.decode() + str(response.headers)
        assert "secret-room" not in everything
        assert "/join/" not in everything


def test_the_room_itself_is_on_no_page_even_for_somebody_confirmed(client, clock, meeting):
    participant = a_participant(meeting)
    clock.move_to(meeting.sessions.get(number=1).starts_at)

    assert b"secret-room" not in client.get(page_of(participant)).content


def test_the_public_pages_do_not_show_the_room(client, meeting):
    for path in ("", "programme.ics", "register/", "register/geneva_mission/", "data-notice/"):
        assert b"secret-room" not in client.get(f"/en/dialogue/{path}").content
