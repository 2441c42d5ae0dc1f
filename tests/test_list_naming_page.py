"""A participant decides on their page whether the list of participants names them."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from registrations.links import participant_token
from registrations.models import Participant
from tests.make import NOW, a_meeting, a_participant
from tests.participant_lists import everybody_on, listed
from tests.web_form import soup

pytestmark = pytest.mark.django_db
BUTTON = "form[action$='/data/list/'] button"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        yield


def page_of(participant: Participant, rest: str = "", language: str = "en") -> str:
    return f"/{language}/p/{participant_token(participant)}/data/{rest}"


def pressed(client: Client, participant: Participant, language: str = "en"):
    """The page after its button was pressed."""
    button = soup(client.get(page_of(participant, language=language))).select_one(BUTTON)
    return client.post(page_of(participant, "list/", language), {"action": button["value"]}, follow=True)


def test_somebody_objects_and_thinks_better_of_it(client):
    meeting = a_meeting()
    participant = a_participant(meeting)

    out = pressed(client, participant)
    names_while_out = everybody_on(listed(meeting)["en"])
    again = pressed(client, participant)

    assert (out.redirect_chain, names_while_out) == ([(page_of(participant), 302)], [])
    assert soup(out).select_one(BUTTON).text == "Name me in it again"
    assert soup(again).select_one(BUTTON).text == "Leave me out of it"
    assert len(everybody_on(listed(meeting)["en"])) == 1
    assert [(entry.event, entry.actor) for entry in participant.history.all()][1:] == [
        ("leave out of list", "participant"),
        ("name in list", "participant"),
    ]


def test_the_page_says_so_in_spanish(client):
    page = soup(pressed(client, a_participant(a_meeting()), "es"))

    assert "Usted no figurará en ninguna lista de participantes que se emita a partir de ahora." in page.main.text


def test_nothing_is_changed_once_the_erasure_is_approved(client):
    participant = a_participant(a_meeting())
    Participant.objects.filter(pk=participant.pk).update(erasure_approved_at=NOW)

    answer = client.post(page_of(participant, "list/"), {"action": "leave out"})

    assert "the personal data of this registration have been erased or are about to be" in soup(answer).select_one("[role=alert]").text
    assert not Participant.objects.get().is_left_out_of_list


@pytest.mark.parametrize("action", ["", "forget"])
def test_another_button_does_nothing(client, action):
    participant = a_participant(a_meeting())

    client.post(page_of(participant, "list/"), {"action": action})

    assert not Participant.objects.get().is_left_out_of_list


def test_looking_changes_nothing_and_a_dead_link_leads_nowhere(client):
    participant = a_participant(a_meeting())
    address = page_of(participant, "list/")

    assert client.get(address).status_code == 405
    Participant.objects.update(link_version=9)
    assert client.post(address, {"action": "leave out"}).status_code == 410


def test_the_page_of_erasure_says_that_issued_lists_are_cleaned(client):
    participant = a_participant(a_meeting())

    assert "in the lists of participants that were issued" in soup(client.get(page_of(participant, "erase/"))).main.text


def test_the_choice_is_part_of_what_is_held(client):
    participant = a_participant(a_meeting())
    pressed(client, participant)

    held = client.get(page_of(participant).replace("/data/", "/data.json")).json()

    assert held["registration"]["is_left_out_of_list_of_participants"] is True
