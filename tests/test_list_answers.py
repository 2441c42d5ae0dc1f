"""The answers to a meeting's own questions in the list of participants: nothing unless chosen, then on each line, in both languages."""

import io
from dataclasses import replace
from datetime import timedelta
from typing import Any

import docx
import pytest
from bs4 import BeautifulSoup
from pypdf import PdfReader

from registrations.details import Document, ListOptions
from registrations.enums import QuestionKind
from registrations.exports.participant_list.as_docx import as_docx
from registrations.exports.participant_list.as_html import as_html
from registrations.exports.participant_list.as_pdf import as_pdf
from registrations.models import IssuedList, Meeting, Participant
from registrations.operations.amend import amend
from registrations.operations.erase import erase
from registrations.operations.issue_list import issue_list
from registrations.operations.keep_document import keep_document
from registrations.queries.held_data import held_data
from registrations.queries.participant_list import participant_list
from registrations.queries.participants import person_on_record
from registrations.rules.questions import document_answer
from tests.desk_rows import a_desk, many_participants
from tests.documents import PDF
from tests.make import NOW, ORGANIZER, a_meeting, a_participant, a_question
from tests.participant_lists import DAY, as_lines, everybody_on, listed
from tests.test_desk_participant_list import USUAL, address, issue_button, page_of
from tests.test_desk_spanish import english_left
from tests.web_form import soup

pytestmark = pytest.mark.django_db
DIETS = [("none", "No restriction", "Ninguna restricción"), ("vegetarian", "Vegetarian", "Vegetariana")]
EVERYTHING = ("visa", "passport", "diet", "flight")
LINES = {
    "en": ["Diet: Vegetarian", "Do you need a visa? yes", "Flight: LX 18 18:40 <b>*x*</b>"],
    "es": ["Alimentación: Vegetariana", "¿Necesita visado? sí", "Vuelo: LX 18 18:40 <b>*x*</b>"],
}
WAYS = {
    "html": lambda document: " ".join(soup_of(as_html(document)).split()),
    "docx": lambda document: " ".join(" ".join(each.text for each in docx.Document(io.BytesIO(as_docx(document))).paragraphs).split()),
    "pdf": lambda document: " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(as_pdf(document))).pages).split()),
}


def soup_of(html: str) -> str:
    return BeautifulSoup(html, "html.parser").get_text(" ")


@pytest.fixture
def meeting() -> Meeting:
    """With one question of each kind."""
    meeting = a_meeting(slug="dialogue")
    a_question(meeting, QuestionKind.CHOICE, code="diet", options=DIETS, text_en="Diet", text_es="Alimentación")
    a_question(meeting, QuestionKind.YES_NO, code="visa", text_en="Do you need a visa?", text_es="¿Necesita visado?")
    a_question(meeting, QuestionKind.TEXT, code="flight", text_en="Flight", text_es="Vuelo")
    a_question(meeting, QuestionKind.FILE, code="passport", text_en="Passport", text_es="Pasaporte")
    return meeting


def answering(meeting: Meeting, **answers: str) -> Participant:
    return a_participant(meeting, answers=answers or {"diet": "vegetarian", "visa": "yes", "flight": "LX 18\n18:40 <b>*x*</b>"})


def issued(meeting: Meeting, **options: Any) -> IssuedList:
    last = meeting.issued_lists.first()
    now = NOW + timedelta(days=meeting.issued_lists.count())
    return issue_list(meeting, options=ListOptions(**options), seen=last.pk if last else None, actor=ORGANIZER, now=now)


def corrected(participant: Participant, **answers: str) -> None:
    amend(participant, details=replace(person_on_record(participant), answers=answers), actor=ORGANIZER, now=NOW)


def marks_on(kept: IssuedList, *, language: str = "es") -> list[str]:
    return [person["mark"] for person in everybody_on(kept.content[language])]


def ticks(page: Any) -> dict[str, bool]:
    """The boxes of the questions, and whether they are ticked."""
    return {box["name"]: box.has_attr("checked") for box in page.select("input[type=checkbox][name^=question_]")}


# --- what is printed ----------------------------------------------------------------------------------------------------
def test_nothing_is_printed_unless_it_is_chosen(meeting):
    answering(meeting)

    document = listed(meeting)["en"]

    assert "questions" not in document
    assert "answers" not in everybody_on(document)[0]
    assert not any("Vegetarian" in line for line in as_lines(document))


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("way", WAYS)
def test_chosen_answers_are_printed_in_the_language_of_the_document(meeting, language, way):
    answering(meeting)
    a_participant(meeting)

    text = WAYS[way](listed(meeting, questions=EVERYTHING)[language])

    assert " ".join(LINES[language]) in text
    assert text.count(LINES[language][0].split(":")[0]) == 1
    assert "assport" not in text
    assert "asaporte" not in text


def test_answers_stand_in_the_order_of_the_questions_and_a_file_is_never_among_them(meeting):
    kept = keep_document(meeting.questions.get(code="passport"), document=Document(file_name="pasaporte.pdf", content=PDF), form="form", now=NOW)
    answering(meeting, visa="no", diet="none", passport=document_answer(kept.pk, kept.file_name))

    document = listed(meeting, questions=EVERYTHING)["en"]

    assert document["questions"] == ["diet", "visa", "flight"]
    assert [answer["line"] for answer in everybody_on(document)[0]["answers"]] == ["Diet: No restriction", "Do you need a visa? no"]


def test_a_question_that_is_gone_leaves_the_list_as_it_ever_was(meeting):
    answering(meeting)
    plain = listed(meeting)
    meeting.questions.all().delete()

    assert listed(Meeting.objects.get(), questions=("diet",)) == plain


@pytest.mark.parametrize("rows", [1, 3])
def test_a_list_with_answers_costs_five_statements_at_any_length(meeting, rows, django_assert_num_queries):
    many_participants(meeting, 3 * rows)
    Participant.objects.update(answers={"diet": "none"})
    fresh = Meeting.objects.get(pk=meeting.pk)

    with django_assert_num_queries(5):
        content = participant_list(fresh, options=ListOptions(questions=("diet",)), day=DAY)

    assert len(everybody_on(content["en"])) == 2 * rows


# --- from list to list --------------------------------------------------------------------------------------------------
def test_another_answer_is_marked_as_a_change(meeting):
    changed, gained, _same = answering(meeting, diet="none"), answering(meeting, visa="no"), answering(meeting, diet="none")
    issued(meeting, questions=("diet",))
    corrected(changed, diet="vegetarian")
    corrected(gained, visa="no", diet="none")

    assert marks_on(issued(meeting, questions=("diet",))) == ["modificación", "modificación", ""]


def test_answers_that_are_printed_for_the_first_time_or_no_more_are_no_change(meeting):
    person = answering(meeting)
    issued(meeting)
    first = issued(meeting, questions=("diet",))
    corrected(person, diet="vegetarian", visa="no")
    others = [issued(meeting, questions=("diet", "visa")), issued(meeting, questions=("visa",)), issued(meeting)]

    assert [marks_on(kept) for kept in (first, *others)] == [[""]] * 4
    assert ["questions" in kept.content["en"] for kept in (first, *others)] == [True, True, True, False]


def test_an_issued_list_keeps_the_answers_that_it_was_issued_with(meeting):
    person = answering(meeting)
    kept = issued(meeting, questions=("diet",))
    corrected(person, diet="none")
    meeting.questions.all().delete()

    page = soup(a_desk().get(address(meeting, f"{kept.pk}/es.html")))

    assert [answer.text for answer in page.select("li .answer")] == ["Alimentación: Vegetariana"]


def test_a_list_issued_before_there_were_questions_is_rendered_and_erased_as_it_was(meeting):
    person = answering(meeting)
    kept = issued(meeting)
    kept.options.pop("questions")
    kept.save()

    page, later = page_of(a_desk(), meeting), issued(meeting, questions=("diet",))
    erase(person, actor=ORGANIZER, now=NOW)

    assert not any(ticks(page).values())
    assert marks_on(later) == [""]
    kept.refresh_from_db()
    assert sorted(everybody_on(kept.content["es"])[0]) == ["contacts", "function", "key", "mark", "name", "position"]


@pytest.mark.parametrize("way", WAYS)
def test_answers_are_erased_with_the_person(meeting, way):
    person = answering(meeting)
    kept = issued(meeting, questions=("diet", "visa"))

    erase(person, actor=ORGANIZER, now=NOW)

    kept.refresh_from_db()
    texts = [WAYS[way](kept.content[language]) for language in ("en", "es")]
    assert [word for text in texts for word in ("Vegetarian", "visa", "MUÑOZ") if word in text] == []
    assert "Vegetarian" not in str(kept.content)


def test_the_person_is_shown_what_was_printed(meeting):
    person = answering(meeting)
    issued(meeting)
    issued(meeting, questions=("diet",))

    printed = [line.get("answers") for line in held_data(person, language="es", now=NOW)["lists_of_participants"]]

    assert printed == [None, ["Alimentación: Vegetariana"]]


# --- the desk -----------------------------------------------------------------------------------------------------------
def test_the_organizer_ticks_what_is_printed_and_finds_it_ticked_the_next_time(meeting):
    answering(meeting)
    desk = a_desk()

    chosen = page_of(desk, meeting, **USUAL, question_diet="on")
    draft = soup(desk.post(address(meeting, "draft/en.html"), {**USUAL, "question_diet": "on"}))
    desk.post(address(meeting), issue_button(chosen))

    assert [answer.text for answer in draft.select(".answer")] == ["Diet: Vegetarian"]
    kept = IssuedList.objects.get()
    assert (kept.options["questions"], kept.content["en"]["questions"]) == (["diet"], ["diet"])
    assert ticks(page_of(desk, meeting)) == {"question_diet": True, "question_visa": False, "question_flight": False}


def test_a_question_that_was_deleted_does_not_stand_in_the_way_of_the_next_list(meeting):
    answering(meeting)
    issued(meeting, questions=("diet", "visa"))
    meeting.questions.get(code="diet").delete()

    page = page_of(a_desk(), meeting)

    assert ticks(page) == {"question_visa": True, "question_flight": False}
    assert issue_button(page)["question_visa"] == "on"


def test_the_desk_offers_the_questions_in_the_organizers_language(meeting):
    page = soup(a_desk(language="es").get(address(meeting)))

    assert [box.find_next("label").text for box in page.select("input[type=checkbox][name^=question_]")] == [
        "Incluir las respuestas a «Alimentación»",
        "Incluir las respuestas a «¿Necesita visado?»",
        "Incluir las respuestas a «Vuelo»",
    ]
    assert page.select_one("#id_question_flight_helptext").text == (
        "Las respuestas solo pueden incluirse si así lo indica el aviso de protección de datos de la reunión."
    )
    assert english_left(str(page)) == set()
