"""Adding people on the delegation's page, over HTTP without scripts."""

import io
from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from registrations.details import FOCAL_POINT
from registrations.enums import Source, Status
from registrations.errors import ListedTwice, RegistrationNotOpen, UnknownSession
from registrations.links import delegation_token
from registrations.models import Delegation, HistoryEntry, OutboxMessage, Participant
from registrations.operations.add_people import add_people
from tests.make import NOW, a_meeting, a_participant, a_pending_participant, a_person, kinds_owed_to
from tests.web_form import soup

pytestmark = pytest.mark.django_db
LIST = """Nombre;Apellidos;Cargo;Función;Correo
Ana;Ruiz;Ministra;Jefa de delegación;ana@x.example
Juan;Paz;Cónsul;Chofer;juan@x.example
Eva;Sol;Asesora jurídica;asesora;eva(at)x.example
Luz;Mar;=cmd|'/c calc'!A1;observadora;luz@x.example"""
GOOD = "Nombre;Apellidos;Cargo;Correo\nAna;Ruiz;Ministra;ana@x.example\nJuan;Paz;Cónsul;juan@x.example"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def delegation():
    return a_participant(a_meeting(slug="dialogue"), email="focal@x.example").delegation


def address(delegation: Delegation, language: str = "en", rest: str = "add/") -> str:
    return f"/{language}/d/{delegation_token(delegation)}/{rest}"


def values_on(page: BeautifulSoup) -> dict:
    """What a browser would send of the form, without a button and a file."""
    values: dict = {}
    for control in page.select("form#add-people input, form#add-people select, form#add-people textarea"):
        name, kind = control["name"], control.get("type")
        if kind == "file" or (kind == "checkbox" and not control.has_attr("checked")):
            continue
        if control.name == "select":
            values[name] = (control.select_one("option[selected]") or control.select_one("option"))["value"]
        elif kind == "checkbox":
            values.setdefault(name, []).append(control.get("value", "on"))
        else:
            values[name] = control.text.removeprefix("\n") if control.name == "textarea" else control.get("value", "")
    return values


def press(client, delegation, action, *, page=None, language="en", **fields):
    page = page or soup(client.get(address(delegation, language)))
    return client.post(address(delegation, language), values_on(page) | {"action": action} | fields)


def paste(client, delegation, text, **options) -> BeautifulSoup:
    return soup(press(client, delegation, "read", pasted=text, **options))


def names(delegation) -> list[str]:
    return [person.family_names for person in delegation.participants.order_by("order")][1:]


def troubles(page) -> dict[str, str]:
    return {error["id"].removeprefix("id_participants-").removesuffix("-error"): error.text for error in page.select(".rows .invalid-feedback")}


def text_of(page, selector) -> str:
    return " ".join(page.select_one(selector).text.split())


# --- the operation -------------------------------------------------------------------------------------------------------
def test_people_are_added_after_the_last_with_history_and_mails(delegation):
    added = add_people(delegation, people=[a_person(), a_person()], actor=FOCAL_POINT, now=NOW)

    people = [line.participant for line in added]
    assert [(p.order, p.status, p.source, p.consented_at) for p in people] == [
        (2, Status.CONFIRMED, Source.DELEGATION_PAGE, NOW),
        (3, Status.CONFIRMED, Source.DELEGATION_PAGE, NOW),
    ]
    assert [kinds_owed_to(p) for p in people] == [["invitation", "invitation"]] * 2
    assert [(e.event, e.actor) for e in HistoryEntry.objects.filter(participant=people[0])] == [("register", "focal point")]


def test_somebody_there_already_is_reported_and_left_alone(delegation):
    person = a_person()
    first = add_people(delegation, people=[person], actor=FOCAL_POINT, now=NOW)[0]
    mails = OutboxMessage.objects.count()

    again = add_people(delegation, people=[person], actor=FOCAL_POINT, now=NOW)

    assert [(line.participant, line.is_new) for line in again] == [(first.participant, False)]
    assert OutboxMessage.objects.count() == mails


def test_people_of_a_reviewed_type_are_received_and_without_a_seat_they_wait():
    reviewed = a_pending_participant(a_meeting()).delegation
    full = a_participant(a_meeting(seats=1)).delegation

    statuses = [add_people(group, people=[a_person()], actor=FOCAL_POINT, now=NOW)[0].participant.status for group in (reviewed, full)]

    assert statuses == [Status.PENDING, Status.WAITING]


@pytest.mark.parametrize(
    ("people", "days", "refusal"),
    [
        ([{"sessions": frozenset({9})}], 0, UnknownSession),
        ([{"given_names": "A", "email": "a@x.example"}] * 2, 0, ListedTwice),
        ([{}], 300, RegistrationNotOpen),
    ],
)
def test_what_sign_up_refuses_is_refused_here(delegation, people, days, refusal):
    with pytest.raises(refusal):
        add_people(delegation, people=[a_person(**fields) for fields in people], actor=FOCAL_POINT, now=NOW + timedelta(days=days))
    assert names(delegation) == []


# --- the table -----------------------------------------------------------------------------------------------------------
def test_one_person_is_typed_in_and_registered(client, delegation):
    fields = {"given_names": "Ana", "family_names": "Ruiz", "position": "Ministra", "email": "ana@x.example", "role": "adviser"}

    response = press(client, delegation, "register", consent="on", **{f"participants-0-{name}": value for name, value in fields.items()})

    assert (response.status_code, response["Location"]) == (302, address(delegation, rest="?saved#people"))
    assert names(delegation) == ["Ruiz"]


def test_a_pasted_list_becomes_a_table_with_the_trouble_at_each_cell_and_nothing_is_saved(client, delegation):
    page = paste(client, delegation, LIST)

    assert troubles(page) == {
        "1-role": "“Chofer” is not a function in a delegation. Choose one from the list.",
        "2-email": "Enter an e-mail address in the form name@example.org.",
        "3-position": "This begins with “=”, as a formula does. Type the text itself.",
    }
    assert text_of(page, "#read p") == "4 rows have been read. Check them below."
    assert names(delegation) == []


def test_good_rows_are_saved_and_bad_ones_stay_to_be_mended(client, delegation):
    page = soup(press(client, delegation, "register", page=paste(client, delegation, LIST), consent="on"))

    assert text_of(page, "#saved p") == "1 person has been registered. 3 rows remain to be mended."
    assert names(delegation) == ["Ruiz"]
    mended = {"participants-0-role": "adviser", "participants-1-email": "eva@x.example", "participants-2-position": "Observadora"}
    assert press(client, delegation, "register", page=page, consent="on", **mended).status_code == 302
    assert names(delegation) == ["Ruiz", "Paz", "Sol", "Mar"]


def test_the_same_file_twice_doubles_nothing(client, delegation):
    for _time in range(2):
        page = soup(press(client, delegation, "read", file=SimpleUploadedFile("list.csv", GOOD.encode("cp1252"))))
        response = press(client, delegation, "register", page=page, consent="on")

    assert text_of(soup(response), "#saved").startswith("0 people have been registered. Already in the delegation, left as they are:")
    assert [item.text for item in soup(response).select("#saved li")] == ["Ana Ruiz (confirmed)", "Juan Paz (confirmed)"]
    assert names(delegation) == ["Ruiz", "Paz"]


def test_a_workbook_is_read_like_a_paste(client, delegation):
    book, file = Workbook(), io.BytesIO()
    for line in GOOD.splitlines():
        book.active.append(line.split(";"))
    book.save(file)

    page = soup(press(client, delegation, "read", file=SimpleUploadedFile("list.bin", file.getvalue())))

    assert [values_on(page)[f"participants-{index}-family_names"] for index in (0, 1)] == ["Ruiz", "Paz"]


def test_without_consent_nothing_is_saved_and_nothing_lost(client, delegation):
    page = soup(press(client, delegation, "register", page=paste(client, delegation, GOOD)))

    assert "is-invalid" in page.select_one("#id_consent")["class"]
    assert values_on(page)["participants-1-family_names"] == "Paz"
    assert names(delegation) == []


def test_a_list_that_cannot_be_read_stays_in_its_box(client, delegation):
    text = "\n".join(f"Ana{number};Ruiz" for number in range(201))
    page = paste(client, delegation, text)

    assert text_of(page, "#list-refusal") == "A list takes 200 rows at most. Divide it into several lists."
    assert values_on(page)["pasted"] == text


def test_an_empty_list_says_so(client, delegation):
    assert text_of(paste(client, delegation, " \n"), "#list-refusal") == "There is nobody on this list. Paste the rows or choose a file first."


def test_a_person_listed_twice_is_told_at_the_second_row(client, delegation):
    page = paste(client, delegation, GOOD + "\nAna;Ruiz;Ministra;ANA@x.example")

    assert troubles(page) == {"2-email": "Ana Ruiz is on this form twice with the same e-mail address. Remove one of the two."}


def test_long_names_marks_and_surplus_cells_are_troubles_at_their_cells(client, delegation):
    text = f"Nombre;Apellidos;Cargo;Correo\n{'x' * 300};Ruiz;Ministra;a@x.example;sobra\nAna\u202e;R\0z;Ministra;b@x.example;"
    page = paste(client, delegation, text)

    assert sorted(troubles(page)) == ["0-given_names", "0-surplus", "1-family_names", "1-given_names"]
    assert values_on(page)["participants-0-surplus"] == "sobra"


def test_a_session_that_the_meeting_does_not_have_is_a_trouble(client, delegation):
    assert list(troubles(paste(client, delegation, "Nombre;Apellidos;Cargo;Correo;Sesiones\nAna;Ruiz;M;a@x.example;1 y 7"))) == ["0-sessions"]


def test_rows_are_added_and_removed_and_the_language_keeps_them(client, delegation):
    page = soup(press(client, delegation, "add", page=paste(client, delegation, GOOD)))
    page = soup(press(client, delegation, "remove-0", page=page))
    spanish = values_on(soup(press(client, delegation, "language", page=page, language="es")))

    assert [spanish[f"participants-{index}-family_names"] for index in (0, 1)] == ["Paz", ""]
    assert [spanish[f"participants-{index}-language"] for index in (0, 1)] == ["en", "es"]


def test_once_registration_is_closed_nothing_is_taken_and_the_rows_stay(client, delegation, clock):
    page = paste(client, delegation, GOOD)
    clock.shift(timedelta(days=21))

    page = soup(press(client, delegation, "register", page=page, consent="on"))

    assert text_of(page, ".notice-bad") == "Registration is closed: nobody can be added."
    assert values_on(page)["participants-1-family_names"] == "Paz"
    assert names(delegation) == []
    assert soup(client.get(address(delegation))).select_one("form#add-people") is None


def long_list(rows: int) -> str:
    return "Nombre;Apellidos;Cargo;Correo\n" + "\n".join(f"A{n};Ruiz;M;a{n}@x.example" for n in range(rows))


@pytest.mark.parametrize("rows", [3, 200])
def test_reading_costs_the_same_at_any_length(client, delegation, rows, django_assert_num_queries):
    values = values_on(soup(client.get(address(delegation)))) | {"action": "read", "pasted": long_list(rows)}

    with django_assert_num_queries(8):
        response = client.post(address(delegation), values)

    assert len(soup(response).select(".rows > div")) == rows


@pytest.mark.parametrize("rows", [3, 12])
def test_saving_costs_the_same_at_any_length_that_the_database_takes_at_once(client, delegation, rows, django_assert_num_queries):
    values = values_on(paste(client, delegation, long_list(rows))) | {"action": "register", "consent": "on"}

    with django_assert_num_queries(15):
        client.post(address(delegation), values)

    assert Participant.objects.count() == rows + 1


def test_two_hundred_rows_are_saved_in_one_go(client, delegation):
    page = paste(client, delegation, long_list(200))

    assert press(client, delegation, "register", page=page, consent="on").status_code == 302
    assert Participant.objects.count() == 201
