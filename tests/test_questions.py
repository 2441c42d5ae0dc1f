"""A meeting's own questions: in the sign-up form, on the personal and the delegation's page, in mails; kept, corrected, erased."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from registrations.details import FOCAL_POINT, PARTICIPANT, PUBLIC, Actor, Document
from registrations.enums import QuestionKind
from registrations.errors import AnswerMissing, AnswerNotOffered, DocumentGone
from registrations.links import delegation_token, participant_token
from registrations.models import AnswerDocument, HistoryEntry, OutboxMessage, Participant
from registrations.operations.add_people import add_people
from registrations.operations.amend import amend
from registrations.operations.keep_document import KEPT_FOR, forget_documents, keep_document
from registrations.operations.substitute import substitute
from registrations.queries.history import more_words
from registrations.queries.participants import person_on_record
from registrations.rules.documents import MOST_BYTES
from registrations.rules.questions import document_answer
from tests.documents import DOCX, PDF, WITH_MACROS
from tests.mail_rows import rendered
from tests.make import NOW, a_meeting, a_participant, a_person, a_question, an_entity
from tests.web_form import GENEVA, ORGANIZATION, open_form, sentences, somebody, soup, values_of

pytestmark = pytest.mark.django_db
DIETS = [("none", "No restriction", "Ninguna restricción"), ("vegetarian", "Vegetarian", "Vegetariana")]
PERSON = "participants-0-question_"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def meeting():
    an_entity("PE", "Peru", "Perú")
    return a_meeting(slug="dialogue")


def ask_everything(meeting):
    """One question of each kind, the first two required."""
    a_question(meeting, QuestionKind.CHOICE, code="diet", options=DIETS, text_en="Diet", text_es="Alimentación", is_required=True)
    a_question(meeting, QuestionKind.YES_NO, code="visa", text_en="Do you need a visa?", text_es="¿Necesita visado?", is_required=True)
    a_question(meeting, QuestionKind.TEXT, code="flight", text_en="Flight", text_es="Vuelo")
    a_question(meeting, QuestionKind.FILE, code="passport", text_en="Passport", text_es="Pasaporte")


def send(client, clock, *, language="en", path=GENEVA, **fields):
    values = open_form(client, f"/{language}/dialogue/{path}", **fields)
    clock.shift(timedelta(seconds=20))
    return client.post(f"/{language}/dialogue/{path}", values)


def a_file(content=PDF, name="pasaporte.pdf"):
    return SimpleUploadedFile(name, content, "application/pdf")


def answering(**answers):
    return {f"{PERSON}{code}": value for code, value in answers.items()}


def a_kept_file(question, *, form="form", name="pasaporte.pdf"):
    kept = keep_document(question, document=Document(file_name=name, content=PDF), form=form, now=NOW)
    return document_answer(kept.pk, kept.file_name)


# --- the sign-up form -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("language", "diet", "visa"), [("en", "Diet", "Do you need a visa?"), ("es", "Alimentación", "¿Necesita visado?")])
def test_the_form_asks_in_the_readers_language(client, meeting, language, diet, visa):
    ask_everything(meeting)

    page = soup(client.get(f"/{language}/dialogue/{GENEVA}"))

    labels = {label["for"]: " ".join(label.text.replace("*", "").split()) for label in page.select("main label[for]")}
    assert labels["id_participants-0-question_diet"] == diet
    assert labels["id_participants-0-question_visa"] == visa
    assert [option.text for option in page.select("#id_participants-0-question_diet option")][1:] == [
        {"en": text_en, "es": text_es}[language] for _code, text_en, text_es in DIETS
    ]
    assert page.select_one("#id_participants-0-question_passport")["type"] == "file"
    assert page.select_one("#sign-up")["enctype"] == "multipart/form-data"


def test_without_questions_the_form_is_as_light_as_ever(client, meeting):
    page = soup(client.get(f"/en/dialogue/{GENEVA}"))

    assert not page.select("[name*=question_]")
    assert not page.select_one("#sign-up").has_attr("enctype")


def test_a_question_for_one_type_is_asked_of_that_type_alone_and_one_taken_back_of_nobody(client, meeting):
    a_question(meeting, QuestionKind.TEXT, code="flight").delegation_types.set(meeting.delegation_types.filter(code="geneva_mission"))
    a_question(meeting, QuestionKind.TEXT, code="hotel", is_asked=False)

    pages = [soup(client.get(f"/en/dialogue/{path}")) for path in (GENEVA, ORGANIZATION)]

    assert [[field["name"] for field in page.select("#participants [name*=question_]")] for page in pages] == [[f"{PERSON}flight"], []]


def test_answers_of_every_kind_are_kept_and_stand_on_the_personal_page(client, clock, meeting):
    ask_everything(meeting)

    send(client, clock, **answering(diet="vegetarian", visa="yes", flight="LX 18\r\n18:40", passport=a_file()))

    participant, kept = Participant.objects.get(), AnswerDocument.objects.get()
    assert participant.answers == {"diet": "vegetarian", "visa": "yes", "flight": "LX 18\n18:40", "passport": f"{kept.pk}/pasaporte.pdf"}
    assert (kept.participant, bytes(kept.content)) == (participant, PDF)
    page = soup(client.get(f"/es/p/{participant_token(participant)}/"))
    facts = {term.text: term.find_next("dd") for term in page.select("dl.facts dt")}
    assert [facts[name].text for name in ("Alimentación", "¿Necesita visado?", "Pasaporte")] == ["Vegetariana", "Sí", "pasaporte.pdf"]
    assert b"".join(client.get(facts["Pasaporte"].a["href"]).streaming_content) == PDF


def test_what_is_required_is_asked_for_and_nothing_typed_is_lost(client, clock, meeting):
    ask_everything(meeting)

    page = send(client, clock, **answering(diet="", visa="", flight="LX 18", passport=a_file()))

    assert sentences(page) == [
        "Participant 1: “Diet” has to be answered.",
        "Participant 1: “Do you need a visa?” has to be answered.",
    ]
    values = values_of(soup(page))
    assert values[f"{PERSON}flight"] == "LX 18"
    assert soup(page).select_one(".kept-file strong").text == "pasaporte.pdf"
    clock.shift(timedelta(seconds=20))
    client.post(f"/en/dialogue/{GENEVA}", values | answering(diet="none", visa="no"))
    assert Participant.objects.get().answers["passport"] == f"{AnswerDocument.objects.get().pk}/pasaporte.pdf"


def test_a_file_survives_a_change_of_language_and_a_second_participant(client, meeting):
    a_question(meeting, QuestionKind.FILE, code="passport")
    values = open_form(client, f"/en/dialogue/{GENEVA}", action="add", **answering(passport=a_file()))

    page = soup(client.post(f"/en/dialogue/{GENEVA}", values))
    again = soup(client.post(f"/es/dialogue/{GENEVA}", values_of(page) | {"action": "language"}))

    assert [name.text for name in again.select(".kept-file strong")] == ["pasaporte.pdf"]
    assert again.select_one("[name='participants-0-question_passport'][type=hidden]")["value"].endswith("/pasaporte.pdf")


def test_a_kept_file_can_be_taken_out_again(client, clock, meeting):
    a_question(meeting, QuestionKind.FILE, code="passport")
    values = open_form(client, f"/en/dialogue/{GENEVA}", action="language", **answering(passport=a_file()))
    values = values_of(soup(client.post(f"/en/dialogue/{GENEVA}", values)))
    clock.shift(timedelta(seconds=20))

    client.post(f"/en/dialogue/{GENEVA}", values | {f"{PERSON}passport-remove": "on", "action": "register"})

    assert Participant.objects.get().answers == {}


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(WITH_MACROS, "macros"), (b"MZ\x90", "PDF"), (b"%PDF-" + b"x" * MOST_BYTES, "10 MB")],
)
def test_a_file_that_is_not_taken_is_refused_at_its_question(client, clock, meeting, content, sentence):
    a_question(meeting, QuestionKind.FILE, code="passport", text_en="Passport", is_required=True)

    page = send(client, clock, **answering(passport=a_file(content)))

    [trouble] = sentences(page)
    assert trouble.startswith("Participant 1: “Passport”: ")
    assert sentence in trouble
    assert not Participant.objects.exists()


def test_a_double_click_brings_the_file_and_the_person_once(client, clock, meeting):
    a_question(meeting, QuestionKind.FILE, code="passport")
    values = open_form(client, f"/en/dialogue/{GENEVA}")
    clock.shift(timedelta(seconds=20))

    for _click in range(2):
        answer = client.post(f"/en/dialogue/{GENEVA}", values | answering(passport=a_file()))

    assert "Muñoz" in answer.content.decode()
    assert (Participant.objects.count(), AnswerDocument.objects.count()) == (1, 1)
    assert not OutboxMessage.objects.filter(kind="already_registered").exists()


@pytest.mark.parametrize(("diet", "passport"), [("caviar", ""), ("none", "9d1f2a7e-4b0a-4c53-9a67-2f3f5d0c8e11/pasaporte.pdf"), ("none", "rubbish")])
def test_an_answer_that_was_not_offered_is_refused(client, clock, meeting, diet, passport):
    ask_everything(meeting)

    page = send(client, clock, **answering(diet=diet, visa="no", passport=passport))

    assert len(sentences(page)) == 1
    assert not Participant.objects.exists()


def test_one_registration_stays_within_its_statements(client, clock, meeting, django_assert_num_queries):
    ask_everything(meeting)
    values = open_form(client, f"/en/dialogue/{GENEVA}", **answering(diet="none", visa="no", flight="LX 18"))
    clock.shift(timedelta(seconds=20))

    with django_assert_num_queries(15):
        client.post(f"/en/dialogue/{GENEVA}", values)

    assert Participant.objects.exists()


# --- the door ---------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("actor", [PUBLIC, FOCAL_POINT])
def test_nobody_else_registers_somebody_without_a_required_answer(meeting, actor):
    delegation = a_participant(meeting).delegation
    a_question(meeting, QuestionKind.TEXT, code="flight", is_required=True)

    with pytest.raises(AnswerMissing) as refusal:
        add_people(delegation, people=[a_person(answers={"flight": "LX 18"}), a_person()], actor=actor, now=NOW)

    assert (refusal.value.field, refusal.value.facts["person"]) == ("question_flight", 1)


def test_the_secretariat_registers_somebody_without_a_required_answer(meeting, django_user_model):
    delegation = a_participant(meeting).delegation
    a_question(meeting, QuestionKind.TEXT, code="flight", is_required=True)
    organizer = Actor(label="ana", user_id=django_user_model.objects.create(username="ana").pk)

    add_people(delegation, people=[a_person()], actor=organizer, now=NOW)

    assert delegation.participants.count() == 2


def test_the_door_refuses_what_no_form_offers(meeting):
    ask_everything(meeting)
    participant = a_participant(meeting, answers={"diet": "none", "visa": "no"})

    with pytest.raises(AnswerNotOffered):
        correct(participant, diet="caviar", visa="no")
    with pytest.raises(AnswerNotOffered):
        correct(participant, diet="none", visa="perhaps")
    with pytest.raises(DocumentGone):
        correct(participant, diet="none", visa="no", passport=f"{uuid4()}/pasaporte.pdf")
    assert person_on_record(Participant.objects.get()).answers == {"diet": "none", "visa": "no"}


def test_nobody_answers_with_the_file_of_somebody_else(meeting):
    passport = a_question(meeting, QuestionKind.FILE, code="passport")
    theirs = a_kept_file(passport)
    a_participant(meeting, answers={"passport": theirs})
    other = a_participant(meeting)

    with pytest.raises(DocumentGone):
        correct(other, passport=theirs)


def correct(participant, *, actor=PARTICIPANT, now=NOW, **answers):
    return amend(participant, details=replace(person_on_record(participant), answers=answers), actor=actor, now=now)


# --- corrections ------------------------------------------------------------------------------------------------------------
def test_a_corrected_answer_is_in_the_history_in_words_and_its_old_file_is_gone(meeting):
    ask_everything(meeting)
    passport = meeting.questions.get(code="passport")
    participant = a_participant(meeting, answers={"diet": "none", "visa": "no", "passport": a_kept_file(passport)})

    participant = correct(participant, diet="vegetarian", visa="no", passport=a_kept_file(passport, form="later", name="nuevo.pdf"))

    entry = HistoryEntry.objects.latest("pk")
    assert more_words(entry.facts, meeting=meeting) == "Diet: No restriction → Vegetarian; Passport: pasaporte.pdf → nuevo.pdf"
    assert [document.file_name for document in AnswerDocument.objects.all()] == ["nuevo.pdf"]


def test_an_answer_to_what_is_asked_no_more_stays(client, meeting):
    flight = a_question(meeting, QuestionKind.TEXT, code="flight")
    participant = a_participant(meeting, answers={"flight": "LX 18"})
    flight.is_asked = False
    flight.save()

    address = f"/en/p/{participant_token(participant)}/edit/"
    client.post(address, values_of(soup(client.get(address))) | {"position": "Ministra"})

    participant.refresh_from_db()
    assert (participant.position, participant.answers) == ("Ministra", {"flight": "LX 18"})


def test_a_new_required_question_is_asked_with_the_next_correction_while_registration_is_open(client, clock, meeting):
    participant = a_participant(meeting)
    a_question(meeting, QuestionKind.YES_NO, code="visa", text_en="Do you need a visa?", is_required=True)
    address = f"/en/p/{participant_token(participant)}/edit/"
    values = values_of(soup(client.get(address))) | {"phone": "+41 22 111 11 11"}

    assert sentences(client.post(address, values)) == ["“Do you need a visa?” has to be answered."]
    clock.move_to(meeting.registration_closes_at + timedelta(hours=1))
    client.post(address, values_of(soup(client.get(address))) | {"phone": "+41 22 111 11 11"})

    participant.refresh_from_db()
    assert participant.phone == "+41 22 111 11 11"


def test_an_option_that_is_offered_no_more_stays_chosen_while_another_answer_changes(meeting):
    ask_everything(meeting)
    participant = a_participant(meeting, answers={"diet": "vegetarian", "visa": "no"})
    meeting.questions.get(code="diet").options.filter(code="vegetarian").delete()

    participant = correct(participant, diet="vegetarian", visa="yes")

    assert participant.answers == {"diet": "vegetarian", "visa": "yes"}


def test_the_one_who_takes_a_place_answers_anew(client, meeting):
    ask_everything(meeting)
    leaving = a_participant(meeting, answers={"diet": "none", "visa": "no", "flight": "LX 18"})

    with pytest.raises(AnswerMissing):
        substitute(leaving, details=a_person(), actor=FOCAL_POINT, now=NOW)
    newcomer = substitute(leaving, details=a_person(answers={"diet": "vegetarian", "visa": "yes"}), actor=FOCAL_POINT, now=NOW)

    assert newcomer.answers == {"diet": "vegetarian", "visa": "yes"}


def test_the_focal_point_adds_people_with_their_answers(client, meeting):
    ask_everything(meeting)
    delegation = a_participant(meeting, answers={"diet": "none", "visa": "no"}).delegation
    address = f"/en/d/{delegation_token(delegation)}/add/"
    values = values_of(soup(client.get(address)), form="#add-people") | somebody(given_names="Lucía") | {"consent": "on", "action": "register"}

    page = client.post(address, values | answering(passport=a_file()))
    client.post(address, values_of(soup(page), form="#add-people") | answering(diet="vegetarian", visa="no") | {"action": "register"})

    added = delegation.participants.latest("pk")
    assert (added.given_names, added.answers["diet"]) == ("Lucía", "vegetarian")
    assert added.documents.get().file_name == "pasaporte.pdf"


# --- mails and what is held ------------------------------------------------------------------------------------------------
def test_the_mails_to_the_person_repeat_the_answers_in_their_language(meeting):
    ask_everything(meeting)
    a_participant(meeting, answers={"diet": "vegetarian", "visa": "yes"}, language="es")

    mail = rendered(OutboxMessage.objects.filter(kind="invitation").first())

    for part in (mail.body, mail.alternatives[0].content):
        assert "Alimentación – Vegetariana" in part
        assert "¿Necesita visado? – Sí" in part


def test_what_is_held_names_the_answers_and_their_files(client, meeting):
    ask_everything(meeting)
    passport = meeting.questions.get(code="passport")
    participant = a_participant(meeting, answers={"diet": "vegetarian", "visa": "yes", "passport": a_kept_file(passport)})

    held = client.get(f"/es/p/{participant_token(participant)}/data.json").json()

    assert held["answers"] == [
        {"code": "diet", "question": "Alimentación", "answer": "Vegetariana"},
        {"code": "visa", "question": "¿Necesita visado?", "answer": "Sí"},
        {"code": "passport", "question": "Pasaporte", "answer": "pasaporte.pdf", "file": str(AnswerDocument.objects.get().pk)},
    ]
    assert "pasaporte.pdf" in client.get(f"/en/p/{participant_token(participant)}/data/").content.decode()


def test_a_file_is_handed_out_to_nobody_else(client, meeting):
    passport = a_question(meeting, QuestionKind.FILE, code="passport")
    a_participant(meeting, answers={"passport": a_kept_file(passport)})
    other = a_participant(meeting)

    assert client.get(f"/en/p/{participant_token(other)}/answers/{AnswerDocument.objects.get().pk}/").status_code == 404


def test_files_that_nobody_sent_in_are_forgotten(meeting):
    passport = a_question(meeting, QuestionKind.FILE, code="passport")
    a_participant(meeting, answers={"passport": a_kept_file(passport, form="sent in")})
    keep_document(passport, document=Document(file_name="a.docx", content=DOCX), form="left open", now=NOW)

    assert forget_documents(now=NOW + KEPT_FOR) == 0
    assert forget_documents(now=NOW + KEPT_FOR + timedelta(seconds=1)) == 1
    assert AnswerDocument.objects.get().file_name == "pasaporte.pdf"
