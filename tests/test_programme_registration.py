from datetime import UTC, datetime

import pytest
import time_machine
from bs4 import BeautifulSoup

from tests.dialogue import load_dialogue

pytestmark = pytest.mark.django_db
OPENS = {"registration_opens_at": "2021-01-18T09:00:00"}


def registration(client, *, language="en", at, **meeting):
    """What the page says about registration at a moment, and where its buttons lead."""
    load_dialogue(change=lambda file: file["meeting"].update(meeting))
    with time_machine.travel(at):
        section = BeautifulSoup(client.get(f"/{language}/mine-free-americas/").content, "html.parser").select_one("#registration")
    return " ".join(section.select_one(".window").get_text().split()), [link["href"] for link in section.select("a")]


def utc(*moment):
    return datetime(*moment, tzinfo=UTC)


def test_while_registration_is_open_there_is_a_button_for_each_type(client):
    sentence, doors = registration(client, at=utc(2027, 1, 20))

    assert sentence == "Registration is open until 9 February 2027."
    assert doors == [f"/en/mine-free-americas/register/{code}/" for code in ("geneva_mission", "oas_observer", "organization")]


def test_while_registration_is_open_there_is_a_button_for_each_type_in_spanish(client):
    sentence, doors = registration(client, language="es", at=utc(2027, 1, 20))

    assert sentence == "La inscripción está abierta hasta el 9 de febrero de 2027."
    assert doors[0] == "/es/mine-free-americas/register/geneva_mission/"


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "Registration is not open yet. It opens on 18 January 2027, 09:00 (GMT+1)."),
        ("es", "La inscripción aún no está abierta. Se abrirá el 18 de enero de 2027, 09:00 (GMT+1)."),
    ],
)
def test_before_registration_opens_the_page_says_when(client, language, expected):
    assert registration(client, language=language, at=utc(2027, 1, 18, 7, 59, 59), **OPENS) == (expected, [])


def test_registration_opens_on_the_second(client):
    assert registration(client, at=utc(2027, 1, 18, 8), **OPENS)[1] != []


@pytest.mark.parametrize(
    ("language", "expected"),
    [("en", "Registration closed on 9 February 2027."), ("es", "El plazo de inscripción terminó el 9 de febrero de 2027.")],
)
def test_after_registration_has_closed_the_page_says_since_when(client, language, expected):
    assert registration(client, language=language, at=utc(2027, 2, 9, 22, 59, 59)) == (expected, [])


def test_the_date_is_that_of_the_meetings_time_zone(client):
    """Half past midnight in Geneva is still the day before in Greenwich."""
    sentence, _doors = registration(client, at=utc(2027, 1, 20), registration_closes_at="2021-02-09T00:30:00")

    assert sentence == "Registration is open until 9 February 2027, 00:30 (GMT+1)."


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "The meeting took place on 10 and 11 February 2027. Registration is closed."),
        ("es", "La reunión ya se ha celebrado (10 y 11 de febrero de 2027). La inscripción está cerrada."),
    ],
)
def test_after_the_meeting_the_page_says_when_it_took_place(client, language, expected):
    assert registration(client, language=language, at=utc(2027, 2, 11, 17)) == (expected, [])


def test_a_cached_page_does_not_outlive_the_deadline(client):
    load_dialogue()
    with time_machine.travel(utc(2027, 2, 9, 22, 59, 58)):
        assert b"Registration is open" in client.get("/en/mine-free-americas/").content
    with time_machine.travel(utc(2027, 2, 9, 22, 59, 59)):
        assert b"Registration closed" in client.get("/en/mine-free-americas/").content
