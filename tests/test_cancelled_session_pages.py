"""What people see of a session that has been cancelled."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache

from registrations.links import delegation_token, participant_token
from registrations.models import Meeting, Participant, ProgrammeItem
from tests.make import NOW, a_meeting, a_participant, a_pending_participant
from tests.published import publish_change
from tests.web_form import soup

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)
WORDS = {"en": ("Session 2", "Cancelled"), "es": ("Sesión 2", "Cancelada")}
HOURS = {
    "en": "15:00-18:00 Geneva (GMT+1) · 09:00-12:00 Quito, Lima and Washington, D.C. (GMT-5)",
    "es": "15:00-18:00 Ginebra (GMT+1) · 09:00-12:00 Quito, Lima y Washington D. C. (GMT-5)",
}


@pytest.fixture(autouse=True)
def clock():
    cache.clear()
    with time_machine.travel(LATER, tick=False) as traveller:
        yield traveller


@pytest.fixture
def meeting() -> Meeting:
    return a_meeting(slug="meeting", join_url="https://meet.example.org/room")


def cancel_session_2(meeting: Meeting) -> None:
    publish_change(meeting.sessions.get(number=2), now=LATER, is_cancelled=True)


def words_of(element) -> str:
    return " ".join(element.text.split())


def struck(element) -> tuple[str, str]:
    """What is crossed out, and the word beside it."""
    return words_of(element.s), words_of(element.select_one(".tag"))


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_programme_page_strikes_the_title_and_keeps_the_hours(client, meeting: Meeting, language: str) -> None:
    session = meeting.sessions.get(number=2)
    times = {"starts_at": session.starts_at, "ends_at": session.ends_at}
    ProgrammeItem.objects.create(session=session, title_en="Opening", title_es="Apertura", **times)
    cancel_session_2(meeting)

    first, second = soup(client.get(f"/{language}/meeting/")).select(".session")

    assert (first.s, struck(second.h3)) == (None, WORDS[language])
    assert second["aria-labelledby"] == second.h3["id"]
    assert [(words_of(times), times.find_parent("s")) for times in second.select(".times")] == [(HOURS[language], None)]
    assert [tag.name for tag in second.select(".items .tag")] == []


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_participants_page_offers_neither_calendar_nor_room(client, meeting: Meeting, language: str) -> None:
    person = a_participant(meeting)
    cancel_session_2(meeting)

    page = soup(client.get(f"/{language}/p/{participant_token(person)}/"))
    first, second = page.select(".attendance")

    assert (first.s, struck(second.h3), words_of(second.select_one(".times"))) == (None, WORDS[language], HOURS[language])
    assert second.select("a, button") == []
    assert (
        words_of(second.select_one(".note"))
        == {
            "en": "If this session takes place after all, there is nothing for you to do: you remain registered for it.",
            "es": "Si finalmente se celebra esta sesión, no tendrá que hacer nada: su inscripción en ella se mantiene.",
        }[language]
    )
    assert len(page.select("a.btn[href$='calendar.ics']")) == 1


def test_where_nothing_takes_place_there_is_nothing_to_download(client, meeting: Meeting) -> None:
    person = a_participant(meeting, sessions=frozenset({2}))
    cancel_session_2(meeting)

    page = soup(client.get(f"/en/p/{participant_token(person)}/"))

    assert page.select("a[href$='calendar.ics'], #countdown, .attendance a") == []


def test_once_its_time_has_passed_it_cannot_return(client, meeting: Meeting, clock) -> None:
    person = a_participant(meeting)
    cancel_session_2(meeting)

    clock.move_to(meeting.sessions.get(number=2).ends_at)

    assert soup(client.get(f"/en/p/{participant_token(person)}/")).select(".session-cancelled .note") == []


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("builder", [a_participant, a_pending_participant])
def test_the_delegations_page_strikes_it_at_each_person(client, meeting: Meeting, builder, language: str) -> None:
    person: Participant = builder(meeting)
    cancel_session_2(meeting)

    shown = soup(client.get(f"/{language}/d/{delegation_token(person.delegation)}/")).select_one(".members")

    assert struck(shown) == WORDS[language]
    assert [words_of(line) for line in shown.select("p.note") if line.s] == [f"{WORDS[language][0][:-1]}1 · {' '.join(WORDS[language])}"]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "This meeting has been cancelled. Registration is closed."),
        ("es", "Se ha cancelado la reunión. La inscripción está cerrada."),
    ],
)
def test_a_meeting_whose_sessions_are_all_cancelled_is_cancelled(client, meeting: Meeting, clock, language: str, sentence: str) -> None:
    meeting.sessions.update(is_cancelled=True)
    last = meeting.sessions.get(number=2).ends_at

    page = soup(client.get(f"/{language}/meeting/"))

    assert words_of(page.select_one(".window")) == sentence
    assert page.select(".doors, a.btn-primary") == []
    assert client.get(f"/{language}/").status_code == 302
    clock.move_to(last)
    front = client.get(f"/{language}/")
    assert (front.status_code, sentence in " ".join(front.content.decode().split())) == (200, True)
