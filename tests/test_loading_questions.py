"""The questions of a meeting's own in its file."""

from collections.abc import Callable
from typing import Any

import pytest

from registrations.enums import QuestionKind
from registrations.importing.files import FileError
from registrations.models import Meeting
from tests import make
from tests.dialogue import load_dialogue

pytestmark = pytest.mark.django_db
Change = Callable[[dict[str, Any]], object]
NONE = {"code": "none", "text_en": "No restriction", "text_es": "Ninguna restricción"}
VEGAN = {"code": "vegan", "text_en": "Vegan", "text_es": "Vegana"}
DIET = {"code": "diet", "kind": "choice", "text_en": "Diet", "text_es": "Alimentación", "options": [NONE, VEGAN]}
FLIGHT = {
    "code": "flight",
    "kind": "text",
    "text_en": "Flight",
    "text_es": "Vuelo",
    "help_en": "Number and hour",
    "help_es": "Número y hora",
    "is_required": True,
    "delegation_types": ["geneva_mission"],
}


def asking(*questions: dict[str, Any]) -> Change:
    return lambda file: file.update(questions=list(questions))


def loaded(*questions: dict[str, Any]) -> Meeting:
    return load_dialogue(change=asking(*questions))


def somebody_answers(meeting: Meeting, **answers: str) -> None:
    make.sign_up(meeting, make.a_person(answers=answers), entity="PE")


def codes(meeting: Meeting) -> list[str]:
    return [question.code for question in meeting.questions.all()]


def test_questions_come_with_the_file_in_its_order_and_not_twice():
    for _time in range(2):
        meeting = loaded(DIET, FLIGHT)

    diet, flight = meeting.questions.all()
    assert (diet.code, diet.kind, diet.order, diet.is_required, diet.text_es) == ("diet", QuestionKind.CHOICE, 1, False, "Alimentación")
    assert [(option.code, option.text_en, option.order) for option in diet.options.all()] == [("none", "No restriction", 1), ("vegan", "Vegan", 2)]
    assert (flight.kind, flight.help_en, flight.help_es, flight.is_required) == ("text", "Number and hour", "Número y hora", True)
    assert [each.code for each in flight.delegation_types.all()] == ["geneva_mission"]


def test_a_file_without_questions_leaves_those_of_the_organizers_alone():
    meeting = load_dialogue()
    make.a_question(meeting, QuestionKind.TEXT, code="hotel")

    load_dialogue()

    assert codes(meeting) == ["hotel"]


def test_a_changed_file_changes_its_questions_and_takes_out_those_that_nobody_answered():
    meeting = loaded(DIET, FLIGHT)
    meeting.questions.filter(code="diet").update(is_asked=False)

    loaded({**DIET, "text_en": "Food", "options": [VEGAN, NONE]})

    [diet] = meeting.questions.all()
    assert (diet.text_en, [option.code for option in diet.options.all()], diet.is_asked) == ("Food", ["vegan", "none"], False)


def test_the_history_tells_what_the_file_changed_in_them():
    meeting = loaded(DIET)

    loaded({**DIET, "is_required": True, "options": [NONE, {**VEGAN, "text_en": "Vegan food"}]})

    entries = meeting.history.filter(facts__record__startswith="question").order_by("pk")
    assert [(entry.event, entry.facts["record"], entry.facts["name"]["en"]) for entry in entries] == [
        ("add record", "question", "Diet"),
        ("add record", "questionoption", "No restriction"),
        ("add record", "questionoption", "Vegan"),
        ("change record", "question", "Diet"),
        ("change record", "questionoption", "Vegan food"),
    ]
    assert entries[3].facts["changes"] == {"is_required": [False, True]}


def test_a_file_that_asks_nothing_takes_all_questions_out():
    meeting = loaded(DIET)

    loaded()

    assert codes(meeting) == []


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (asking(FLIGHT), "questions: “diet” is not in the file, but people have answered it."),
        (asking({**DIET, "kind": "text", "options": []}), "questions, diet, kind: people have answered it, so it stays “choice”."),
        (
            asking({**DIET, "options": [NONE, {**VEGAN, "code": "other"}]}),
            "questions, diet, options: “vegan” is not in the file, but people have chosen it.",
        ),
    ],
)
def test_what_people_answered_is_not_taken_away(change, sentence):
    meeting = loaded(DIET)
    somebody_answers(meeting, diet="vegan")

    with pytest.raises(FileError) as refusal:
        load_dialogue(change=change)

    assert str(refusal.value) == sentence
    assert codes(meeting) == ["diet"]
    assert [option.code for option in meeting.questions.get().options.all()] == ["none", "vegan"]


def test_an_option_that_nobody_chose_is_taken_out():
    meeting = loaded({**DIET, "options": [NONE, VEGAN, {**VEGAN, "code": "other"}]})
    somebody_answers(meeting, diet="vegan")

    loaded(DIET)

    assert [option.code for option in meeting.questions.get().options.all()] == ["none", "vegan"]


def test_a_type_to_which_an_organizer_puts_a_question_is_not_taken_out():
    meeting = load_dialogue()
    observers = meeting.delegation_types.get(code="oas_observer")
    make.a_question(meeting, QuestionKind.TEXT, code="hotel").delegation_types.add(observers)

    with pytest.raises(FileError, match="is not in the file, but a question is put to it"):
        load_dialogue(
            change=lambda file: file["delegation_types"].remove(next(each for each in file["delegation_types"] if each["code"] == "oas_observer"))
        )


@pytest.mark.parametrize(
    ("questions", "sentence"),
    [
        ([{**FLIGHT, "code": None}], "questions[0].code is missing."),
        ([{**FLIGHT, "code": "Große"}], "questions, Große, code: Use small letters without accents, digits and hyphens, beginning with a letter."),
        ([{**FLIGHT, "kind": "number"}], "questions[0].kind: “number” is none of text, choice, yes_no, file."),
        ([{**FLIGHT, "text_es": " "}], "questions[0].text_es is missing."),
        ([{**FLIGHT, "is_required": "yes"}], "questions[0].is_required: true or false is expected here."),
        ([{**FLIGHT, "delegation_types": ["press"]}], "questions[0].delegation_types: “press” is none of the delegation types."),
        ([{**FLIGHT, "options": [NONE, VEGAN]}], "questions[0].options: only a choice has options."),
        ([{**DIET, "options": [NONE]}], "questions[0].options: a choice needs at least two."),
        ([{**DIET, "options": [NONE, NONE]}], "questions[0].options: none is there twice."),
        ([DIET, DIET], "questions: diet is there twice."),
        ("diet", "questions: a list is expected here."),
        (
            [{**FLIGHT, "required": True}],
            "questions[0].required: this key is none of code, text_en, text_es, help_en, help_es, kind, is_required, delegation_types, options.",
        ),
        (
            [{**DIET, "options": [NONE, {**VEGAN, "text": "Vegan"}]}],
            "questions[0].options[1].text: this key is none of code, text_en, text_es.",
        ),
    ],
)
def test_a_question_that_cannot_be_is_refused_and_nothing_is_written(questions, sentence):
    with pytest.raises(FileError) as refusal:
        load_dialogue(change=lambda file: file.update(questions=questions))

    assert str(refusal.value) == sentence
    assert not Meeting.objects.exists()


@pytest.mark.parametrize(
    ("put", "place"),
    [
        (lambda file: file["meeting"].update(questions=[DIET]), "meeting.questions"),
        (lambda file: file["delegation_types"][1].update(questions=[DIET]), "delegation_types[1].questions"),
    ],
)
def test_questions_in_another_place_are_not_passed_over(put, place):
    with pytest.raises(FileError) as refusal:
        load_dialogue(change=put)

    assert str(refusal.value).startswith(f"{place}: put them beside “meeting”, not inside")
    assert not Meeting.objects.exists()


def test_an_explanation_in_one_language_stops_the_loading():
    with pytest.raises(FileError):
        loaded({**FLIGHT, "help_es": ""})

    assert not Meeting.objects.exists()
