"""The answers to a meeting's own questions in lists of people: at the desk, where columns are mapped, and on the delegation's page."""

import pytest
from django.test import Client

from registrations.details import Actor, Document
from registrations.enums import QuestionKind, RowOutcome
from registrations.importing.list_columns import ASIDE
from registrations.importing.people_columns import known_column
from registrations.importing.people_import import PEOPLE
from registrations.importing.people_table import cells_of, read_people
from registrations.importing.question_words import answer_called, by_heading
from registrations.importing.uploaded import cases_of
from registrations.models import HistoryEntry, KnownHeading, Meeting, Participant, Question
from registrations.operations.keep_document import keep_document
from registrations.queries.history import more_words
from registrations.rules.questions import document_answer
from tests.desk_rows import a_desk
from tests.documents import PDF
from tests.lists import HEADINGS, a_row, as_csv, as_workbook, looked_at, mapped, taken_in, uploaded
from tests.make import NOW, a_meeting, a_participant, a_question, an_entity
from tests.test_delegation_add import paste, press, troubles, values_on
from tests.test_exports_participants import exported
from tests.web_form import soup

pytestmark = pytest.mark.django_db
DIETS = [("none", "No restriction", "Ninguna restricción"), ("vegetarian", "Vegetarian", "Vegetariana")]
ASKED = ("¿Necesita visado?", "ALIMENTACION", "flight_in")


@pytest.fixture(autouse=True)
def today(time_machine) -> None:
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def meeting() -> Meeting:
    """With one question of each kind."""
    an_entity("PE", "Peru", "Perú")
    meeting = a_meeting(slug="dialogue")
    a_question(meeting, QuestionKind.CHOICE, code="diet", options=DIETS, text_en="Diet", text_es="Alimentación", is_required=True)
    a_question(meeting, QuestionKind.YES_NO, code="visa", text_en="Do you need a visa?", text_es="¿Necesita visado?")
    a_question(meeting, QuestionKind.TEXT, code="flight-in", text_en="Flight", text_es="Vuelo")
    a_question(meeting, QuestionKind.FILE, code="passport", text_en="Passport", text_es="Pasaporte")
    return meeting


@pytest.fixture
def desk(db) -> Client:
    return a_desk(language="es")


def a_list(*rows: tuple[str, ...], headings: tuple[str, ...] = ASKED) -> bytes:
    """Rows of one person each, with these answers."""
    people = [[*a_row(f"Núñez {'abc'[index]}"), *answers] for index, answers in enumerate(rows)]
    return as_csv(*people, headings=[*HEADINGS, *headings])


def found(desk: Client, meeting: Meeting, content: bytes, **fields: object) -> list[tuple]:
    rows = looked_at(desk, mapped(desk, meeting, content, **fields)).context["report"].rows
    return [(row.outcome.value, row.changes, row.reasons) for row in rows]


def reasons(desk: Client, meeting: Meeting, *rows: tuple[str, ...], **fields: object) -> list[str]:
    return [reason for _outcome, _changes, given in found(desk, meeting, a_list(*rows), **fields) for reason in given]


def somebody(meeting: Meeting, row: str = "a", **answers: str) -> Participant:
    """Whom the first row of `a_list` is about, or the row of that letter."""
    names = {"given_names": "Ana", "family_names": f"Núñez {row}", "position": "Ministra", "email": f"nunez{row}@example.org"}
    return a_participant(meeting, answers=answers, **names)


# --- headings and words -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("heading", ["Diet", "DIET:", "Alimentación", "alimentacion *", "diet", "question_diet"])
def test_a_question_is_recognized_by_its_text_in_either_language_or_its_code(meeting, heading):
    assert known_column(heading, asked=by_heading(meeting.questions.all())) == "question_diet"


@pytest.mark.parametrize("heading", ["Do you need a visa", "¿necesita visado?", "Necesita visado", "VISA"])
def test_the_marks_of_a_question_do_not_matter(meeting, heading):
    assert known_column(heading, asked=by_heading(meeting.questions.all())) == "question_visa"


def test_what_every_meeting_asks_comes_first_and_what_no_list_can_hold_is_left_aside(meeting):
    a_question(meeting, QuestionKind.TEXT, code="position", text_en="Position in the queue", text_es="Puesto en la cola")
    a_question(meeting, QuestionKind.TEXT, code="hotel", text_en="Hotel", text_es="Hotel", is_asked=False)
    asked = by_heading(meeting.questions.all())

    columns = [known_column(heading, asked=asked) for heading in ("Position", "Position in the queue", "Pasaporte", "hotel", "Shoe size")]

    assert columns == ["position", "question_position", ASIDE, ASIDE, ""]


@pytest.mark.parametrize(
    ("code", "text", "kept"),
    [
        ("diet", "VEGETARIANA", "vegetarian"),
        ("diet", "ninguna restriccion", "none"),
        ("diet", "No restriction", "none"),
        ("diet", "none", "none"),
        ("diet", "caviar", "caviar"),
        ("visa", "Sí", "yes"),
        ("visa", "yes", "yes"),
        ("visa", "x", "yes"),
        ("visa", "NO", "no"),
        ("visa", "0", "no"),
        ("visa", "maybe", "maybe"),
        ("flight-in", "Sí, LX 18", "Sí, LX 18"),
    ],
)
def test_an_answer_is_known_by_its_words(meeting, code, text, kept):
    assert answer_called(text, question=meeting.questions.get(code=code)) == kept


# --- at the desk --------------------------------------------------------------------------------------------------------
def test_each_question_but_files_can_be_mapped(desk, meeting):
    page = soup(desk.get(uploaded(desk, meeting, a_list(("no", "", ""), headings=(*ASKED, "Pasaporte"))).url))

    chosen = [(select.select_one("option[selected]") or {"value": ""})["value"] for select in page.select("select[name^=column-]")]
    offered = {option["value"]: option.text for option in page.select("select[name=column-0] option")}
    assert chosen[-4:] == ["question_visa", "question_diet", "question_flight-in", ASIDE]
    assert {name: text for name, text in offered.items() if name.startswith("question_")} == {
        "question_diet": "Alimentación",
        "question_visa": "¿Necesita visado?",
        "question_flight-in": "Vuelo",
    }


@pytest.mark.parametrize(("make", "name"), [(as_csv, "lista.csv"), (as_workbook, "lista.xlsx")])
def test_newcomers_come_with_their_answers_and_nobody_has_to_answer(desk, meeting, make, name):
    people = [[*a_row("Núñez"), "sí", "vegetariana", "LX 18"], [*a_row("Paz"), "", "", ""]]

    taken_in(desk, mapped(desk, meeting, make(*people, headings=[*HEADINGS, *ASKED]), name=name))

    answers = dict(Participant.objects.values_list("family_names", "answers"))
    assert answers == {"Núñez": {"visa": "yes", "diet": "vegetarian", "flight-in": "LX 18"}, "Paz": {}}


def test_a_column_under_another_heading_is_mapped_by_hand_and_remembered(desk, meeting):
    content = a_list(("vegetarian",), headings=("Menu",))

    taken_in(desk, mapped(desk, meeting, content, **{"column-6": "question_diet"}))
    again = found(desk, meeting, content)

    assert Participant.objects.get().answers == {"diet": "vegetarian"}
    assert KnownHeading.objects.get(key="menu").column == "question_diet"
    assert again == [("unchanged", {}, [])]


def test_an_answer_that_was_not_offered_refuses_the_row_with_the_reason(desk, meeting):
    assert reasons(desk, meeting, ("tal vez", "Vegetariana", ""), ("no", "Caviar", ""), ("no", "", "x" * 501)) == [
        "¿Necesita visado?: «tal vez» no figura entre las respuestas. Elija una de la lista.",
        "Alimentación: «Caviar» no figura entre las respuestas. Elija una de la lista.",
        "Vuelo: Asegúrese de que este valor tenga menos de 500 caracteres (tiene 501).",
    ]


def test_an_answer_to_what_the_type_is_not_asked_refuses_the_row(desk, meeting):
    question = meeting.questions.get(code="flight-in")
    question.delegation_types.set(meeting.delegation_types.filter(code="organization"))

    assert reasons(desk, meeting, ("", "", "LX 18"), ("", "", "")) == ["«Vuelo» no se pregunta a este tipo de delegación."]


def test_somebody_known_keeps_the_answers_that_the_file_does_not_have(desk, meeting):
    kept = keep_document(meeting.questions.get(code="passport"), document=Document(file_name="p.pdf", content=PDF), form="form", now=NOW)
    passport = document_answer(kept.pk, kept.file_name)
    known = somebody(meeting, diet="none", passport=passport, **{"flight-in": "LX 18\n18:40"})
    listed = mapped(desk, meeting, a_list(("no", "VEGETARIANA", "lx 18 18:40")))

    page = soup(looked_at(desk, listed)).select_one("#content-main").get_text(" ")
    taken_in(desk, listed)

    text = " ".join(page.split())
    assert "Alimentación: Ninguna restricción → Vegetariana" in text
    assert "¿Necesita visado?: – → no" in text
    assert "Vuelo" not in text
    known.refresh_from_db()
    assert known.answers == {"diet": "vegetarian", "visa": "no", "passport": passport, "flight-in": "LX 18\n18:40"}
    assert known.documents.count() == 1
    changed = HistoryEntry.objects.filter(participant=known).latest("pk")
    assert more_words(changed.facts, meeting=meeting) == "Alimentación: Ninguna restricción → Vegetariana; ¿Necesita visado?: – → no"


def test_an_empty_cell_changes_nothing(desk, meeting):
    known = somebody(meeting, diet="none", visa="yes")

    taken_in(desk, mapped(desk, meeting, a_list(("no", "", ""))))

    known.refresh_from_db()
    assert known.answers == {"diet": "none", "visa": "no"}


@pytest.mark.parametrize("language", ["en", "es"])
def test_an_export_comes_back_unchanged(meeting, language):
    desk = a_desk(language=language)
    kept = keep_document(meeting.questions.get(code="passport"), document=Document(file_name="p.pdf", content=PDF), form="form", now=NOW)
    answers = {"diet": "vegetarian", "visa": "no", "flight-in": "- LX 18\n18:40", "passport": document_answer(kept.pk, kept.file_name)}
    known = somebody(meeting, diet="none")
    Participant.objects.filter(pk=known.pk).update(answers=answers)
    Question.objects.filter(code="diet").update(is_asked=False)

    assert found(desk, meeting, exported(desk, "csv", known).getvalue()) == [("unchanged", {}, [])]


@pytest.mark.parametrize("number", [1, 3])
def test_unchanged_answers_cost_no_statement(desk, meeting, number, django_assert_num_queries):
    for row in "abc"[:number]:
        somebody(meeting, row, diet="none")
    listed = mapped(desk, meeting, a_list(*[("", "none", "")] * number))

    with django_assert_num_queries(15):
        report = PEOPLE.look(meeting, cases=cases_of(listed), actor=Actor(label="x"), now=NOW)

    assert report.counts == {RowOutcome.UNCHANGED: number}


# --- on the delegation's page -------------------------------------------------------------------------------------------
PASTED = "Nombre;Apellidos;Cargo;Correo;Alimentación;Visa;Vuelo;Pasaporte\nAna;Ruiz;Ministra;ana@x.example;{diet};{visa};LX 18;p.pdf"


def test_a_pasted_list_fills_in_the_answers(client, meeting):
    delegation = a_participant(meeting, answers={"diet": "none"}).delegation

    page = paste(client, delegation, PASTED.format(diet="Vegetarian", visa="sí"))
    values = values_on(page)
    press(client, delegation, "register", page=page, consent="on")

    answers = {name.removeprefix("participants-0-question_"): value for name, value in values.items() if "question_" in name}
    assert answers == {"diet": "vegetarian", "visa": "yes", "flight-in": "LX 18"}
    assert "Pasaporte" in page.select_one("#read").text
    assert delegation.participants.get(family_names="Ruiz").answers == answers


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "“Caviar” is not among the answers. Choose one from the list."),
        ("es", "«Caviar» no figura entre las respuestas. Elija una de la lista."),
    ],
)
def test_a_pasted_answer_that_was_not_offered_is_pointed_out(client, meeting, language, sentence):
    delegation = a_participant(meeting, answers={"diet": "none"}).delegation

    page = paste(client, delegation, PASTED.format(diet="Caviar", visa=""), language=language)

    assert troubles(page) == {"0-question_diet": sentence}


def test_without_headings_no_answer_is_guessed(meeting):
    text = "Ana;Ruiz;Ministra;ana@x.example;vegetarian\nEva;Sol;Asesora;eva@x.example;none"

    table = read_people(cells_of(text), sessions=[1], language="es", questions=list(meeting.questions.all()))

    assert [[name for name in row if name.startswith("question_")] for row in table.rows] == [[], []]
    assert [row["surplus"] for row in table.rows] == ["vegetarian", "none"]
