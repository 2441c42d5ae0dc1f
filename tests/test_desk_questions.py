"""A meeting's own questions at the desk: written, counted, corrected for one participant, asked for again, narrowed by."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from registrations.details import Document
from registrations.enums import DeskRole, QuestionKind, Status
from registrations.links import participant_token
from registrations.models import AnswerDocument, HistoryEntry, Meeting, Participant, Question
from registrations.operations.keep_document import keep_document
from registrations.queries.own_answers import counted
from registrations.queries.questions import asked_of_all
from registrations.rules.questions import code_from, document_answer
from tests.desk_rows import PARTICIPANTS, a_colleague, a_desk, desk_of, many_participants
from tests.documents import PDF
from tests.mail_rows import rendered
from tests.make import NOW, a_meeting, a_participant, a_pending_participant, a_question, confirmed, status_of
from tests.test_desk_correction import typed
from tests.test_desk_decisions import decide, decided
from tests.test_desk_programme import as_shown, page_of
from tests.web_form import soup, values_of

pytestmark = pytest.mark.django_db
QUESTIONS = "/admin/registrations/question/"
DIETS = [("none", "No restriction", "Ninguna restricción"), ("vegetarian", "Vegetarian", "Vegetariana")]


@pytest.fixture
def meeting() -> Meeting:
    return a_meeting(slug="dialogue")


def ask_everything(meeting: Meeting) -> None:
    """One question of each kind, the first two required."""
    a_question(meeting, QuestionKind.CHOICE, code="diet", options=DIETS, text_en="Diet", text_es="Alimentación", is_required=True)
    a_question(meeting, QuestionKind.YES_NO, code="visa", text_en="Do you need a visa?", text_es="¿Necesita visado?", is_required=True)
    a_question(meeting, QuestionKind.TEXT, code="flight", text_en="Flight", text_es="Vuelo")
    a_question(meeting, QuestionKind.FILE, code="passport", text_en="Passport", text_es="Pasaporte")


def a_kept_file(question: Question, *, name: str = "pasaporte.pdf") -> str:
    kept = keep_document(question, document=Document(file_name=name, content=PDF), form=name, now=NOW)
    return document_answer(kept.pk, kept.file_name)


def everything_answered(meeting: Meeting, **fields: object) -> Participant:
    ask_everything(meeting)
    passport = a_kept_file(meeting.questions.get(code="passport"))
    answers = {"diet": "vegetarian", "visa": "yes", "flight": "LX 18", "passport": passport}
    return a_participant(meeting, answers=answers, **fields)


def answered_by(meeting: Meeting, number: int, **answers: str) -> None:
    """So many confirmed people more, with these answers, straight in the tables."""
    people = many_participants(meeting, number)
    Participant.objects.filter(pk__in=[person.pk for person in people]).update(answers=answers, status=Status.CONFIRMED)


# --- writing them -------------------------------------------------------------------------------------------------------
def written(meeting: Meeting, *options: tuple[str, str], desk: Client | None = None, **fields: object) -> HttpResponse:
    """A new question as the browser sends it, with answers to choose from as (English, Spanish)."""
    desk = desk or a_desk()
    form = as_shown(desk.get(f"{QUESTIONS}add/?meeting={meeting.pk}"))
    texts = {"text_en": "Do you need a visa?", "text_es": "¿Necesita visado?", "kind": "yes_no"}
    rows = {"options-TOTAL_FORMS": len(options)}
    for place, (english, spanish) in enumerate(options):
        row = {"order": place + 1, "code": "", "text_en": english, "text_es": spanish, "id": "", "question": ""}
        rows |= {f"options-{place}-{name}": value for name, value in row.items()}
    form.pop("delegation_types", None)
    return desk.post(f"{QUESTIONS}add/", form | texts | rows | fields)


def changed(question: Question, **fields: object) -> HttpResponse:
    desk = a_desk()
    form = as_shown(desk.get(page_of(question)))
    form.pop("delegation_types", None)
    return desk.post(page_of(question), form | fields)


def refusals(page: HttpResponse) -> list[str]:
    assert page.status_code == 200
    return [" ".join(item.text.split()) for item in soup(page).select(".errorlist li")]


def test_a_question_gets_its_code_from_its_english_text_and_its_place_behind_the_others(meeting):
    a_question(meeting, QuestionKind.TEXT, code="flight")

    answer = written(meeting)

    assert answer.status_code == 302
    question = Question.objects.latest("pk")
    assert (question.meeting, question.code, question.order, question.kind) == (meeting, "do-you-need-a-visa", 2, "yes_no")


def test_a_question_with_a_choice_has_its_answers_with_codes_of_their_own(meeting):
    answer = written(meeting, ("Vegetarian", "Vegetariana"), ("Sin sal", "Sin sal"), ("Sin  sal!", "Sin sal tampoco"), kind="choice", code="diet")

    assert answer.status_code == 302
    question = Question.objects.get(code="diet")
    assert [(option.code, option.text_es) for option in question.options.all()] == [
        ("vegetarian", "Vegetariana"),
        ("sin-sal", "Sin sal"),
        ("sin-sal-2", "Sin sal tampoco"),
    ]


@pytest.mark.parametrize(
    ("text", "taken", "code"),
    [
        ("Do you need a visa?", (), "do-you-need-a-visa"),
        ("¿Niño o niña?", ("nino-o-nina",), "nino-o-nina-2"),
        ("2 nights", (), "a-2-nights"),
        ("???", ("a",), "a-2"),
        ("A" * 60, ("a" * 36,), "a" * 36 + "-2"),
    ],
)
def test_a_code_is_made_of_small_letters_digits_and_hyphens(text, taken, code):
    assert code_from(text, taken=taken) == code


@pytest.mark.parametrize(
    ("options", "fields", "sentence"),
    [
        ([], {"kind": "choice"}, "Enter at least two answers from which to choose."),
        ([("One", "Uno")], {"kind": "choice"}, "Enter at least two answers from which to choose."),
        (
            [("One", "Uno"), ("Two", "Dos")],
            {"kind": "text"},
            "Only a choice from a list has answers to choose from. Choose that kind of answer, or take these out.",
        ),
        ([], {"code": "flight"}, "The meeting has a question with this code already."),
        ([], {"code": "Große"}, "Use small letters without accents, digits and hyphens, beginning with a letter."),
        ([], {"text_es": ""}, "This field is required."),
    ],
)
def test_what_makes_no_question_is_refused(meeting, options, fields, sentence):
    a_question(meeting, QuestionKind.TEXT, code="flight")

    assert refusals(written(meeting, *options, **fields)) == [sentence]
    assert Question.objects.count() == 1


def test_a_question_is_put_to_types_of_its_own_meeting(meeting):
    other = a_meeting(slug="other")
    own, foreign = meeting.delegation_types.first(), other.delegation_types.first()

    page = soup(a_desk().get(f"{QUESTIONS}add/?meeting={meeting.pk}"))
    assert [int(box["value"]) for box in page.select("[name=delegation_types]")] == [each.pk for each in meeting.delegation_types.all()]
    assert refusals(written(meeting, delegation_types=[foreign.pk])) == ["Choose types of delegation of the same meeting."]
    written(meeting, delegation_types=[own.pk])

    assert list(Question.objects.get().delegation_types.all()) == [own]


def test_whoever_works_on_one_meeting_puts_no_question_to_another(meeting):
    other = a_meeting(slug="other")
    desk = desk_of(a_colleague((meeting, DeskRole.SECRETARIAT), (other, DeskRole.READER)))

    for address in (f"{QUESTIONS}add/", f"{QUESTIONS}add/?meeting={other.pk}", f"{QUESTIONS}add/?_changelist_filters=meeting%3D{other.pk}"):
        page = desk.get(address)
        offered = {int(box["value"]) for box in soup(page).select("[name=delegation_types]")} if page.status_code == 200 else set()
        assert (address, offered <= {each.pk for each in meeting.delegation_types.all()}) == (address, True)
    written(other, desk=desk)
    assert not Question.objects.exists()
    written(meeting, desk=desk)
    assert [question.meeting for question in Question.objects.all()] == [meeting]


def test_the_list_of_one_meeting_leads_to_a_new_question_of_that_meeting(meeting):
    a_meeting(slug="other")

    page = soup(a_desk().get(f"{QUESTIONS}add/?_changelist_filters=meeting%3D{meeting.pk}"))

    assert page.select_one("#id_meeting option[selected]")["value"] == str(meeting.pk)


def test_kind_and_code_stay_once_somebody_has_answered(meeting):
    everything_answered(meeting)
    flight = meeting.questions.get(code="flight")

    page = soup(a_desk().get(page_of(flight)))
    assert [page.select_one(f"#id_{name}").has_attr("disabled") for name in ("kind", "code", "text_en")] == [True, True, False]
    changed(flight, kind="yes_no", code="plane", text_en="Number of the flight")

    flight.refresh_from_db()
    assert (flight.kind, flight.code, flight.text_en) == ("text", "flight", "Number of the flight")


def test_an_answer_that_somebody_chose_is_not_taken_out_and_another_is(meeting):
    everything_answered(meeting)
    diet = meeting.questions.get(code="diet")
    diet.options.create(order=3, code="vegan", text_en="Vegan", text_es="Vegana")

    assert refusals(changed(diet, **{"options-1-DELETE": "on"})) == ["“Vegetarian” stays: somebody has chosen it."]
    changed(diet, **{"options-2-DELETE": "on", "options-1-code": "meatless"})

    assert [option.code for option in diet.options.all()] == ["none", "vegetarian"]


def test_a_question_with_answers_is_not_deleted_and_another_is(meeting):
    everything_answered(meeting)
    flight, hotel, desk = meeting.questions.get(code="flight"), a_question(meeting, QuestionKind.TEXT, code="hotel"), a_desk()

    told = desk.get(f"{QUESTIONS}{flight.pk}/delete/", follow=True)
    desk.post(f"{QUESTIONS}{hotel.pk}/delete/", {"post": "yes"})

    assert [str(message) for message in told.context["messages"]] == [
        "Somebody has answered this question, so it is kept. To ask nobody any more, clear “asked”."
    ]
    assert [question.code for question in meeting.questions.all()] == ["diet", "visa", "flight", "passport"]


def test_a_type_to_which_a_question_is_put_is_kept_for_otherwise_everybody_would_be_asked(meeting):
    observers = meeting.delegation_types.get(code="oas_observer")
    a_question(meeting, QuestionKind.TEXT, code="flight").delegation_types.add(observers)

    told = a_desk().post(f"/admin/registrations/delegationtype/{observers.pk}/delete/", {"post": "yes"}, follow=True)

    assert "A question of the meeting is put to this type, so it is kept." in told.content.decode()
    assert meeting.delegation_types.filter(pk=observers.pk).exists()


def test_what_is_done_to_a_question_is_in_the_history_of_the_meeting(meeting):
    own = list(meeting.delegation_types.order_by("code")[:2])
    written(meeting, ("One", "Uno"), ("Two", "Dos"), kind="choice", delegation_types=[each.pk for each in own])
    question = Question.objects.get()
    changed(question, is_required="on")
    a_desk().post(f"{QUESTIONS}{question.pk}/delete/", {"post": "yes"})

    entries = HistoryEntry.objects.filter(meeting=meeting).order_by("pk")
    assert [(entry.event, entry.facts["record"], entry.facts["name"]["es"]) for entry in entries] == [
        ("add record", "question", "¿Necesita visado?"),
        ("add record", "questionoption", "Uno"),
        ("add record", "questionoption", "Dos"),
        ("change record", "question", "¿Necesita visado?"),
        ("remove record", "question", "¿Necesita visado?"),
    ]
    assert entries[3].facts["changes"] == {"delegation_types": [["Geneva mission", "Oas observer"], []], "is_required": [False, True]}
    page = a_desk(language="es").get("/admin/registrations/historyentry/").content.decode()
    assert "Pregunta «¿Necesita visado?»" in page
    assert "respuesta obligatoria: no → sí" in page
    assert "tipos de delegación: Geneva mission; Oas observer → –" in page


def test_meeting_and_index_lead_to_the_questions(meeting):
    address = f"{QUESTIONS}?meeting={meeting.pk}"

    for page in (page_of(meeting), "/admin/"):
        assert [link.text for link in soup(a_desk().get(page)).select(f"a[href='{address}']")] == ["Questions to participants"]


# --- how many answered what ---------------------------------------------------------------------------------------------
def counts_on(page: HttpResponse) -> list[tuple[str, str, str]]:
    rows = soup(page).select("[aria-labelledby=counts-heading] tbody tr")
    return [(row.th.text, row.td.text, row.a["href"] if row.a else "") for row in rows]


@pytest.mark.parametrize(
    ("language", "words"), [("en", ["No restriction", "Vegetarian", "No answer"]), ("es", ["Ninguna restricción", "Vegetariana", "Sin respuesta"])]
)
def test_the_page_counts_the_answers_and_each_number_leads_to_exactly_those(meeting, language, words):
    ask_everything(meeting)
    answered_by(meeting, 4, diet="vegetarian")
    answered_by(meeting, 3, flight="LX 18")
    a_pending_participant(meeting, answers={"diet": "vegetarian", "visa": "no"})
    desk = a_desk(language=language)

    counts = counts_on(desk.get(page_of(meeting.questions.get(code="diet"))))

    assert [(answer, number) for answer, number, _address in counts] == list(zip(words, ["0", "4", "3"], strict=True))
    assert [desk.get(address).context["cl"].result_count for _answer, _number, address in counts if address] == [4, 3]


@pytest.mark.parametrize(("code", "answers"), [("visa", ["Yes", "No", "No answer"]), ("flight", ["Answered", "No answer"])])
def test_yes_no_and_free_answers_are_counted_too(meeting, code, answers):
    ask_everything(meeting)
    answered_by(meeting, 2, visa="yes", flight="LX 18")
    answered_by(meeting, 1, visa="yes", flight="LX 19")
    desk = a_desk()

    counts = counts_on(desk.get(page_of(meeting.questions.get(code=code))))

    assert [(answer, number) for answer, number, _address in counts] == [
        (answer, "3" if answer in {"Yes", "Answered"} else "0") for answer in answers
    ]
    assert desk.get(counts[0][2]).context["cl"].result_count == 3


def test_those_who_are_not_asked_lack_no_answer(meeting):
    visa = a_question(meeting, QuestionKind.YES_NO, code="visa")
    visa.delegation_types.add(meeting.delegation_types.get(code="organization"))
    answered_by(meeting, 2)
    confirmed(a_pending_participant(meeting))
    Participant.objects.filter(pk=Participant.objects.first().pk).update(answers={"visa": "yes"})

    assert counted(visa) == {"yes": 1, "NONE": 1}


@pytest.mark.parametrize("questions", [1, 5])
def test_list_and_page_cost_the_same_for_any_number_of_questions(meeting, questions, django_assert_num_queries):
    for index in range(questions):
        a_question(meeting, QuestionKind.CHOICE, code=f"diet-{index}", options=DIETS[: 1 + index])
    answered_by(meeting, 3, **{"diet-0": "none"})
    desk, address = a_desk(), page_of(meeting.questions.first())
    desk.get(address)  # what Django looks up once in a process

    with django_assert_num_queries(8):
        page = desk.get(QUESTIONS)
    with django_assert_num_queries(15):
        desk.get(address)
    assert [link.text for link in soup(page).select(".field-answered a")] == ["3"]


def test_a_role_that_sees_no_participants_sees_no_numbers(meeting):
    ask_everything(meeting)
    answered_by(meeting, 2, visa="yes")
    visa = meeting.questions.get(code="visa")
    reader, nobody = a_colleague((meeting, DeskRole.READER)), a_colleague(username="only questions")
    nobody.user_permissions.set(Permission.objects.filter(codename="view_question"))

    assert [len(counts_on(desk_of(user).get(page_of(visa)))) for user in (reader, nobody)] == [3, 0]


# --- the page of a participant ------------------------------------------------------------------------------------------
def shown(participant: Participant, *, user: object = None, language: str = "en") -> BeautifulSoup:
    desk = desk_of(user, language=language) if user else a_desk(language=language)
    return soup(desk.get(page_of(participant)))


def save(participant: Participant, desk: Client | None = None, **fields: object) -> HttpResponse:
    answers = {f"question_{code}": answer for code, answer in participant.answers.items()}
    return (desk or a_desk()).post(page_of(participant), typed(participant) | answers | fields)


def upload(name: str = "nuevo.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "application/pdf")


@pytest.mark.parametrize(("language", "diet", "chosen"), [("en", "Diet", "Vegetarian"), ("es", "Alimentación", "Vegetariana")])
def test_the_answers_stand_among_the_fields(meeting, language, diet, chosen):
    page = shown(everything_answered(meeting), language=language)

    assert page.select_one("label[for=id_question_diet]").text == f"{diet}:"
    assert page.select_one("#id_question_diet option[selected]").text == chosen
    assert page.select_one("#id_question_flight").text.strip() == "LX 18"
    assert page.select_one(".kept-file a").text == "pasaporte.pdf"
    assert page.select_one("#participant_form")["enctype"] == "multipart/form-data"


def test_the_file_can_be_had_at_the_desk_and_nobody_elses(meeting):
    participant, other = everything_answered(meeting), a_participant(meeting, answers={"diet": "none", "visa": "no"})
    address = shown(participant).select_one(".kept-file a")["href"]

    answer = a_desk().get(address)

    assert (answer.status_code, b"".join(answer.streaming_content)) == (200, PDF)
    assert answer["Content-Disposition"].startswith('attachment; filename="pasaporte.pdf"')
    assert a_desk().get(address.replace(f"/{participant.pk}/", f"/{other.pk}/")).status_code == 404
    assert Client().get(address).status_code == 302


def test_an_organizer_corrects_answers_through_the_operation(meeting):
    participant = everything_answered(meeting)

    answer = save(participant, question_diet="none", question_flight="")

    assert answer.status_code == 302
    participant.refresh_from_db()
    assert participant.answers.keys() == {"diet", "visa", "passport"}
    assert participant.answers["diet"] == "none"
    entry = participant.history.latest("pk")
    assert (entry.event, entry.actor) == ("amend", "Eva Jefa")
    assert entry.facts["changes"] == {"question_diet": ["vegetarian", "none"], "question_flight": ["LX 18", ""]}


def test_saving_without_a_change_leaves_no_trace(meeting):
    participant = everything_answered(meeting)

    save(participant)

    assert [entry.event for entry in participant.history.all()] == ["register"]


def test_a_file_is_replaced_and_taken_out(meeting):
    participant = everything_answered(meeting)

    save(participant, question_passport=upload())
    participant.refresh_from_db()
    assert [document.file_name for document in AnswerDocument.objects.all()] == ["nuevo.pdf"]
    assert participant.documents.get().pk.hex in participant.answers["passport"].replace("-", "")

    save(participant, **{"question_passport-remove": "on"})
    participant.refresh_from_db()
    assert ("passport" in participant.answers, AnswerDocument.objects.count()) == (False, 0)


def test_a_file_outlives_a_refusal_of_the_operation_and_need_not_be_chosen_again(meeting):
    other, participant = a_participant(meeting), everything_answered(meeting)
    same = {"given_names": other.given_names, "family_names": other.family_names, "email": other.email}

    page = save(participant, question_passport=upload(), **same)
    [kept] = [hidden["value"] for hidden in soup(page).select("[type=hidden][name=question_passport]")]
    assert [name.text for name in soup(page).select(".kept-file strong")] == ["nuevo.pdf"]
    assert "already registered" in page.content.decode()

    save(participant, question_passport=kept)
    assert [document.file_name for document in participant.documents.all()] == ["nuevo.pdf"]


def test_a_file_that_is_not_taken_is_refused_at_its_question(meeting):
    participant = everything_answered(meeting)

    page = save(participant, question_passport=upload(content=b"MZ"))

    [sentence] = [" ".join(item.text.split()) for item in soup(page).select(".field-question_passport .errorlist li")]
    assert sentence.startswith("“Passport”: ")
    assert participant.documents.get().file_name == "pasaporte.pdf"


def test_the_secretariat_may_leave_out_what_others_have_to_answer(meeting):
    participant = everything_answered(meeting)
    a_question(meeting, QuestionKind.FILE, code="photo", is_required=True)

    answer = save(participant, question_diet="")

    assert answer.status_code == 302
    participant.refresh_from_db()
    assert participant.answers.keys() == {"visa", "flight", "passport"}


def test_an_answer_that_is_not_offered_is_refused(meeting):
    participant = everything_answered(meeting)

    page = save(participant, question_diet="caviar")

    assert list(page.context["adminform"].form.errors) == ["question_diet"]


def test_what_is_asked_no_more_is_shown_and_stays(meeting):
    participant = everything_answered(meeting)
    meeting.questions.filter(code__in=["flight", "passport"]).update(is_asked=False)

    page = shown(participant)
    save(participant, question_flight="nothing", position="Ministra")

    assert page.select_one(".field-question_flight .readonly").text == "LX 18"
    assert page.select_one(".field-question_passport .readonly a").text == "pasaporte.pdf"
    participant.refresh_from_db()
    assert (participant.position, participant.answers["flight"]) == ("Ministra", "LX 18")


@pytest.mark.parametrize("role", [DeskRole.REVIEWER, DeskRole.PROTOCOL, DeskRole.READER])
def test_whoever_may_only_look_reads_the_answers(meeting, role):
    page = shown(everything_answered(meeting), user=a_colleague((meeting, role)))

    rows = {
        row.label.text if row.label else row.select_one(".inline-label").text: row.select_one(".readonly")
        for row in page.select("[class*=field-question_]")
    }
    assert {label.strip(" :"): value.text for label, value in rows.items()} == {
        "Diet": "Vegetarian",
        "Do you need a visa?": "Yes",
        "Flight": "LX 18",
        "Passport": "pasaporte.pdf",
    }
    assert not page.select("[name^=question_]")


def test_interpreters_see_neither_answers_nor_their_filters(meeting):
    participant = everything_answered(meeting)
    desk = desk_of(a_colleague((meeting, DeskRole.INTERPRETER)))

    page, rows = (desk.get(address).content.decode() for address in (page_of(participant), PARTICIPANTS))

    assert [text for text in ("LX 18", "Vegetarian", "pasaporte.pdf", "Diet") if text in page or text in rows] == []
    diet = meeting.questions.get(code="diet")
    assert desk.get(f"{PARTICIPANTS}?question={diet.pk}&answered=vegetarian").status_code == 400


@pytest.mark.parametrize("questions", [1, 5])
def test_the_page_costs_the_same_for_any_number_of_questions(meeting, questions, django_assert_num_queries):
    for index in range(questions):
        a_question(meeting, QuestionKind.CHOICE, code=f"diet-{index}", options=DIETS)
    participant = a_participant(meeting, answers={f"diet-{index}": "none" for index in range(questions)})
    desk = a_desk()
    desk.get(page_of(participant))

    with django_assert_num_queries(15):
        desk.get(page_of(participant))


def test_the_one_who_takes_a_place_may_be_put_in_without_answers_and_with_a_file(meeting):
    leaving, desk = everything_answered(meeting), a_desk()
    address = f"{PARTICIPANTS}{leaving.pk}/substitute/"
    page = soup(desk.get(address))
    assert page.select_one("#content-main form")["enctype"] == "multipart/form-data"

    typed_in = {"family_names": "Quispe", "position": "Consejero", "email": "quispe@example.org", "role": "head"}
    desk.post(address, values_of(page, form="#content-main form") | typed_in | {"question_passport": upload()})

    newcomer = Participant.objects.get(in_place_of=leaving)
    assert newcomer.answers.keys() == {"passport"}
    assert newcomer.documents.get().file_name == "nuevo.pdf"


# --- deciding -----------------------------------------------------------------------------------------------------------
def test_the_review_screen_has_the_answers_and_their_differences_in_words(meeting):
    ask_everything(meeting)
    passport = a_kept_file(meeting.questions.get(code="passport"))
    person = a_pending_participant(meeting, answers={"diet": "none", "visa": "no", "passport": passport})
    Participant.objects.filter(pk=person.pk).update(to_review={"question_diet": ["vegetarian", "none"]})

    page = soup(a_desk(language="es").get(f"{PARTICIPANTS}{person.pk}/review/"))

    facts = {each.dt.text: each.dd.text.strip() for each in page.select(".facts div") if each.dt}
    assert [facts[name] for name in ("Alimentación", "¿Necesita visado?", "Pasaporte")] == ["Ninguna restricción", "No", "pasaporte.pdf"]
    assert page.select_one(".facts a[href*=answers]")["href"] == f"{PARTICIPANTS}{person.pk}/answers/{person.documents.get().pk}/"
    [change] = page.select("[aria-labelledby=changes-heading] tbody tr")
    assert [cell.text for cell in change.select("th, td")] == ["Alimentación", "Vegetariana", "Ninguna restricción"]


def test_answers_are_asked_for_again_in_the_words_of_the_question(client, meeting):
    ask_everything(meeting)
    person = a_pending_participant(meeting, answers={"diet": "none", "visa": "no"}, language="es")
    address, desk = f"{PARTICIPANTS}{person.pk}/review/", a_desk()
    form = values_of(soup(desk.get(address)), form="form:has(button[value=return])")

    desk.post(address, form | {"return-fields_to_correct": ["question_diet"], "return-reason_es": "¿De verdad?", "decision": "return"})

    person.refresh_from_db()
    assert (person.status, person.correction["fields"]) == (Status.RETURNED, ["question_diet"])
    mail = rendered(person.outbox.get(kind="returned"))
    assert "Alimentación" in mail.body
    page = soup(client.get(f"/es/p/{participant_token(person)}/edit/"))
    assert page.select_one("#id_question_diet").has_attr("autofocus")
    client.post(f"/es/p/{participant_token(person)}/edit/", values_of(page) | {"question_diet": "vegetarian"})
    person.refresh_from_db()
    assert (person.status, person.to_review) == (Status.PENDING, {"question_diet": ["none", "vegetarian"]})


def test_several_people_are_asked_again_only_for_what_all_of_them_are_asked(meeting):
    ask_everything(meeting)
    meeting.questions.get(code="visa").delegation_types.add(meeting.delegation_types.get(code="oas_observer"))
    meeting.questions.filter(code="flight").update(is_asked=False)
    people, desk = [a_pending_participant(meeting, answers={"diet": "none"}) for _index in range(2)], a_desk()

    page = decide(desk, "return_for_correction", *people)
    boxes = [box["value"] for box in soup(page).select("[name=fields_to_correct]") if box["value"].startswith("question_")]
    assert boxes == ["question_diet", "question_passport"]
    decided(desk, page, fields_to_correct=["question_passport"], reason_es="Falta el pasaporte.")

    assert {status_of(person) for person in people} == {Status.RETURNED}


def test_people_of_two_meetings_have_no_question_in_common(meeting):
    other = a_meeting(slug="other")
    for each in (meeting, other):
        a_question(each, QuestionKind.TEXT, code="flight")

    assert asked_of_all([a_participant(meeting), a_participant(other)]) == []


# --- narrowing the list -------------------------------------------------------------------------------------------------
def boxes(page: HttpResponse) -> dict[str, list[str]]:
    """The filters about questions with what they offer."""
    named = {
        filters.title: [str(label) for _key, label in filters.lookup_choices]
        for filters in page.context["cl"].filter_specs
        if hasattr(filters, "questions")
    }
    return {str(title): labels for title, labels in named.items()}


def narrowed(meeting: Meeting, code: str, answer: str = "") -> int:
    question = meeting.questions.get(code=code)
    return a_desk().get(f"{PARTICIPANTS}?meeting={meeting.pk}&question={question.pk}&answered={answer}").context["cl"].result_count


def test_without_questions_no_filter_is_there(meeting):
    a_participant(meeting)

    assert boxes(a_desk().get(PARTICIPANTS)) == {}


def test_the_answers_are_offered_once_a_question_is_chosen(meeting):
    ask_everything(meeting)
    visa = meeting.questions.get(code="visa")
    desk = a_desk()

    questions = ["Diet", "Do you need a visa?", "Flight", "Passport"]
    assert boxes(desk.get(PARTICIPANTS)) == {"question of the meeting": questions, "answers required": ["missing"]}
    assert boxes(desk.get(f"{PARTICIPANTS}?question={visa.pk}"))["answer to the question"] == ["Yes", "No", "Any answer", "No answer"]


def test_questions_are_offered_at_one_meeting_at_a_time(meeting):
    other = a_meeting(slug="other")
    for each in (meeting, other):
        a_question(each, QuestionKind.TEXT, code="flight", text_en=f"Flight to {each.slug}")
    desk = a_desk()

    assert boxes(desk.get(PARTICIPANTS)) == {}
    assert boxes(desk.get(f"{PARTICIPANTS}?meeting={other.pk}")) == {"question of the meeting": ["Flight to other"]}
    reader = desk_of(a_colleague((meeting, DeskRole.READER)))
    assert boxes(reader.get(PARTICIPANTS)) == {"question of the meeting": ["Flight to dialogue"]}


def test_the_list_is_narrowed_by_an_answer(meeting):
    ask_everything(meeting)
    meeting.questions.get(code="visa").delegation_types.add(meeting.delegation_types.get(code="organization"))
    answered_by(meeting, 3, diet="vegetarian", flight="LX 18")
    answered_by(meeting, 2, diet="none", visa="yes")
    a_pending_participant(meeting, answers={"diet": "none", "visa": "no"})

    assert [narrowed(meeting, "diet", answer) for answer in ("", "vegetarian", "none", "ANY", "NONE")] == [6, 3, 3, 6, 0]
    assert [narrowed(meeting, "visa", answer) for answer in ("", "yes", "no", "ANY", "NONE")] == [3, 2, 1, 3, 0]
    assert [narrowed(meeting, "flight", answer) for answer in ("ANY", "NONE")] == [3, 3]
    assert narrowed(meeting, "flight", "rubbish") == 6


@pytest.mark.parametrize("code", ["in", "isnull", "year-2027", "contains"])
def test_a_code_is_never_taken_for_a_word_of_the_database(meeting, code):
    question = a_question(meeting, QuestionKind.YES_NO, code=code)
    answered_by(meeting, 2, **{code: "yes"})
    answered_by(meeting, 1)

    assert [narrowed(meeting, code, answer) for answer in ("yes", "no", "ANY", "NONE")] == [2, 0, 2, 1]
    assert counted(question) == {"yes": 2, "NONE": 1}


def test_those_whose_required_answer_is_missing_are_found(meeting):
    ask_everything(meeting)
    meeting.questions.get(code="visa").delegation_types.add(meeting.delegation_types.get(code="organization"))
    answered_by(meeting, 3, diet="vegetarian")
    answered_by(meeting, 2, visa="yes")
    pending = a_pending_participant(meeting, answers={"diet": "none", "visa": "no"})
    Participant.objects.filter(pk=pending.pk).update(answers={"diet": "none"})
    erased = a_participant(meeting, answers={"diet": "none"})
    Participant.objects.filter(pk=erased.pk).update(answers={}, erased_at=NOW)

    rows = a_desk().get(f"{PARTICIPANTS}?meeting={meeting.pk}&required=missing").context["cl"]
    assert (rows.result_count, pending in rows.result_list, erased in rows.result_list) == (3, True, False)
    meeting.questions.filter(code="diet").update(is_asked=False)
    assert a_desk().get(f"{PARTICIPANTS}?meeting={meeting.pk}&required=missing").context["cl"].result_count == 1


@pytest.mark.parametrize("questions", [1, 5])
@pytest.mark.parametrize(("query", "statements"), [("", 12), ("required=missing", 12), ("answered=none", 12)])
def test_filters_cost_the_same_for_any_number_of_questions(meeting, questions, query, statements, django_assert_num_queries):
    for index in range(questions):
        a_question(meeting, QuestionKind.CHOICE, code=f"diet-{index}", options=DIETS, is_required=True)
    answered_by(meeting, 3, **{"diet-0": "none"})
    answered_by(meeting, 1)
    desk, question = a_desk(), meeting.questions.first()

    with django_assert_num_queries(statements):
        desk.get(f"{PARTICIPANTS}?meeting={meeting.pk}&question={question.pk}&{query}")


def test_no_count_is_slow_among_ten_thousand(meeting):
    for index in range(10):
        a_question(meeting, QuestionKind.CHOICE, code=f"diet-{index}", options=DIETS, is_required=True)
    answered_by(meeting, 10_000, **{f"diet-{index}": "none" for index in range(9)})
    desk, question = a_desk(), meeting.questions.first()
    slow = []

    for address in (QUESTIONS, page_of(question), f"{PARTICIPANTS}?question={question.pk}&answered=none", f"{PARTICIPANTS}?required=missing"):
        with CaptureQueriesContext(connection) as captured:
            assert desk.get(address).status_code == 200
        slow += [(address, query["time"]) for query in captured if float(query["time"]) > 1]

    assert slow == []


@pytest.mark.parametrize(("chosen", "columns"), [("", 7), ("?meeting={}", 6)])
def test_the_list_of_one_meeting_does_not_repeat_it(meeting, chosen, columns):
    ask_everything(meeting)

    page = soup(a_desk().get(QUESTIONS + chosen.format(meeting.pk)))

    headings = [heading.get_text(strip=True) for heading in page.select("#result_list thead th")]
    assert (headings[:2], len(headings), "Meeting" in headings) == (["Question", "Answered, of those confirmed"], columns, not chosen)


def test_a_substitution_says_above_the_form_that_something_is_missing_and_sets_off_what_is_required(meeting):
    address = f"{PARTICIPANTS}{everything_answered(meeting).pk}/substitute/"

    page = soup(a_desk().post(address, {"family_names": "", "role": "adviser"}))

    assert page.select_one("#content .errornote[role=alert]").text == "Please correct what is marked below."
    required = [label.text for label in page.select("#content label.required")]
    assert {"Family names:", "Position:"} <= set(required)
    assert not {"Institution:", "Diet:"} & set(required)
