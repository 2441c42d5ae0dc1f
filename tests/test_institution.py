"""The ministry or agency of a participant, wherever the position stands; the papers are in test_posts.py."""

from dataclasses import asdict, replace
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import signing

from registrations.details import PARTICIPANT
from registrations.enums import Status
from registrations.forms.seen import read_seen, sealed
from registrations.importing.people_columns import REPRESENTED, known_column
from registrations.importing.people_table import cells_of, read_people
from registrations.links import participant_token
from registrations.models import Participant
from registrations.operations.amend import amend
from registrations.queries.participants import person_on_record
from registrations.queries.search import search_names, search_participants
from tests.desk_rows import PARTICIPANTS, a_desk
from tests.lists import as_csv, looked_at, mapped, taken_in
from tests.make import NOW, a_meeting, a_participant, a_pending_participant, a_person, confirmed
from tests.test_delegation_add import address, press, values_on
from tests.test_last_delegation import a_past_meeting
from tests.web_form import GENEVA, open_form, sentences, soup, values_of

pytestmark = pytest.mark.django_db
DEFENCE = "Ministerio de Defensa"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def fresh(participant: Participant) -> Participant:
    return Participant.objects.get(pk=participant.pk)


def corrected(participant: Participant, **fields: Any) -> Participant:
    return amend(participant, details=replace(person_on_record(fresh(participant)), **fields), actor=PARTICIPANT, now=NOW)


def own_page(participant: Participant, rest: str = "", language: str = "en") -> str:
    return f"/{language}/p/{participant_token(participant)}/{rest}"


# --- the sign-up form and the pages -------------------------------------------------------------------------------------
@pytest.mark.parametrize(("language", "label", "example"), [("en", "Institution", "Ministry of Defence"), ("es", "Institución", DEFENCE)])
def test_the_form_asks_for_it_after_the_position_and_nobody_has_to_answer(client, language, label, example):
    a_participant(a_meeting(slug="dialogue"))

    page = soup(client.get(f"/{language}/dialogue/{GENEVA}"))

    names = [control["name"] for control in page.select("#sign-up input[name^=participants-0-]")]
    field = page.select_one("[name=participants-0-institution]")
    assert names[names.index("participants-0-position") + 1] == field["name"]
    assert page.select_one(f"label[for={field['id']}]").text.split()[0] == label
    assert example in page.select_one(f"#{field['aria-describedby']}").text
    assert not field.has_attr("required")


def test_a_sign_up_brings_it_in(client):
    a_participant(a_meeting(slug="dialogue"), email="other@example.org")
    path = f"/en/dialogue/{GENEVA}"

    values = open_form(client, path, **{"participants-0-institution": f" {DEFENCE} "})
    with time_machine.travel(NOW + timedelta(minutes=1), tick=False):
        client.post(path, values)

    assert Participant.objects.latest("pk").institution == DEFENCE


def test_a_script_that_does_not_know_the_field_signs_up_as_before(client):
    a_participant(a_meeting(slug="dialogue"), email="other@example.org")
    path = f"/en/dialogue/{GENEVA}"
    values = open_form(client, path)
    del values["participants-0-institution"]

    with time_machine.travel(NOW + timedelta(minutes=1), tick=False):
        client.post(path, values)

    assert list(Participant.objects.values_list("institution", flat=True)) == ["", ""]


def test_one_of_more_than_250_characters_is_refused_beside_the_field(client):
    a_participant(a_meeting(slug="dialogue"))
    path = f"/en/dialogue/{GENEVA}"
    values = open_form(client, path, **{"participants-0-institution": "x" * 251})

    with time_machine.travel(NOW + timedelta(minutes=1), tick=False):
        answer = client.post(path, values)

    assert sentences(answer) == ["Participant 1: Ensure this value has at most 250 characters (it has 251)."]
    assert Participant.objects.count() == 1


def test_the_participant_sees_and_corrects_it(client):
    participant = a_participant(a_meeting(), institution=DEFENCE)

    values = values_of(soup(client.get(own_page(participant, "edit/"))))
    client.post(own_page(participant, "edit/"), values | {"institution": "Cancillería"})

    [term] = soup(client.get(own_page(participant, language="es"))).find_all("dt", string="Institución")
    assert (values["institution"], term.find_next("dd").text) == (DEFENCE, "Cancillería")
    assert participant.history.last().facts["changes"] == {"institution": [DEFENCE, "Cancillería"]}


def test_who_has_none_is_not_shown_an_empty_line(client):
    participant = a_participant(a_meeting())

    assert soup(client.get(own_page(participant))).find_all("dt", string="Institution") == []


def test_a_page_that_was_open_before_there_was_the_field_can_still_be_sent():
    person = a_person()
    old = {name: value for name, value in asdict(person).items() if name != "institution"} | {"sessions": [1, 2]}

    assert read_seen(signing.dumps(old, salt="registrations.forms.seen", compress=True)) == person
    assert read_seen(sealed(replace(person, institution=DEFENCE))).institution == DEFENCE


def test_the_focal_point_sees_it_beside_the_position(client):
    delegation = a_participant(a_meeting(), position="Directora", institution=DEFENCE).delegation

    page = soup(client.get(address(delegation, rest="")))

    assert f"Head of delegation · Directora, {DEFENCE}" in [" ".join(note.text.split()) for note in page.select(".note")]


def test_the_people_of_last_time_come_with_it(client):
    last = a_participant(a_past_meeting(300), email="focal@x.example", institution=DEFENCE, now=NOW - timedelta(days=300))
    delegation = a_participant(a_meeting(), email="focal@x.example").delegation

    page = soup(press(client, delegation, "last", last=[str(last.pk)]))

    assert soup(client.get(address(delegation))).select_one("#last label").text == f"{last.styled_name}, Embajadora, {DEFENCE}"
    assert values_on(page)["participants-0-institution"] == DEFENCE
    press(client, delegation, "register", page=page, consent="on")
    assert delegation.participants.latest("pk").institution == DEFENCE


# --- lists that come in -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "heading", ["Institution", "Ministry", "Ministry/Agency", "Institución", "INSTITUCIÓN:", "Entidad", "Dependencia", "Organismo"]
)
def test_its_headings_are_known_on_the_delegations_page_and_at_the_desk(heading):
    table = read_people(cells_of(f"Nombre;Apellido;{heading}\nAna;Ruiz;{DEFENCE}"), sessions=[1], language="es")

    assert (table.rows[0]["institution"], table.unused) == (DEFENCE, [])
    assert known_column(heading) == "institution"


@pytest.mark.parametrize("heading", ["Organization", "Organización", "State or entity", "Estado o entidad", "Delegation", "Misión", "Estado"])
def test_a_heading_that_means_what_is_represented_goes_on_meaning_it(heading):
    table = read_people(cells_of(f"Nombre;Apellido;{heading}\nAna;Ruiz;Red de Cordilleras"), sessions=[1], language="es")

    assert known_column(heading) == REPRESENTED
    assert ("institution" in table.rows[0], table.unused) == (False, [heading])


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_list_at_the_desk_brings_it_in_and_changes_it(language):
    meeting, desk = a_meeting(), a_desk(language=language)
    known = a_participant(meeting, given_names="Ana", family_names="Paz", institution="Cancillería", email="paz@example.org")
    headings = ["Estado", "Nombre", "Apellidos", "Cargo", "Correo", "Institución"]
    rows = [["Perú", "Ana", "Paz", "Embajadora", "paz@example.org", DEFENCE], ["Perú", "Eva", "Sol", "Cónsul", "sol@example.org", "Armada"]]
    uploaded_list = mapped(desk, meeting, as_csv(*rows, headings=headings), default_type=str(known.delegation.type_id))

    [first, _second] = looked_at(desk, uploaded_list).context["report"].rows
    taken_in(desk, uploaded_list)

    assert first.changes == {"institution": ["Cancillería", DEFENCE]}
    assert sorted(Participant.objects.values_list("family_names", "institution")) == [("Paz", DEFENCE), ("Sol", "Armada")]


# --- the desk -----------------------------------------------------------------------------------------------------------
def test_another_one_waits_for_the_eye_of_an_organizer_and_stands_on_the_review_screen():
    participant = confirmed(a_pending_participant(a_meeting(), institution="Red Andina"))

    corrected(participant, institution=DEFENCE)

    participant = fresh(participant)
    assert (participant.status, participant.to_review) == (Status.CONFIRMED, {"institution": ["Red Andina", DEFENCE]})
    page = soup(a_desk(language="es").get(f"{PARTICIPANTS}{participant.pk}/review/"))
    assert [cell.text for cell in page.select("section[aria-labelledby=changes-heading] tbody :is(th, td)")] == ["Institución", "Red Andina", DEFENCE]
    assert page.find("dt", string="Institución").find_next("dd").text == DEFENCE


def test_it_can_be_named_as_what_is_to_be_corrected_and_changed_by_an_organizer():
    participant = a_participant(a_meeting(), institution=DEFENCE)

    page = soup(a_desk().get(f"{PARTICIPANTS}{participant.pk}/change/"))

    assert page.select_one("[name=institution]")["value"] == DEFENCE
    asked = soup(a_desk().post(PARTICIPANTS, {"action": "return_for_correction", "_selected_action": participant.pk, "index": 0}))
    assert "institution" in [box["value"] for box in asked.select("[name=fields_to_correct]")]


def test_it_is_searched_by_whoever_may_see_more_than_names():
    person = a_participant(a_meeting(), institution=DEFENCE)
    a_participant(person.meeting)
    everybody = Participant.objects.all()

    assert list(search_participants(everybody, words="ministerio defensa")) == [person]
    assert list(search_names(everybody, words="defensa")) == []
    corrected(person, institution="")
    assert list(search_participants(everybody, words="defensa")) == []
