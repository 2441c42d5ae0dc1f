"""A meeting's own questions in a real browser: with and without scripts, on a phone, at WCAG 2.2 AA."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from registrations.enums import QuestionKind
from registrations.links import participant_token
from registrations.models import AnswerDocument, Meeting, Participant
from tests.documents import PDF
from tests.make import a_meeting, a_participant, a_question, an_entity
from tests.test_sign_up_browser import fill_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSPORT = {"name": "pasaporte.pdf", "mimeType": "application/pdf", "buffer": PDF}
DIETS = [("none", "No restriction", "Ninguna restricción"), ("vegetarian", "Vegetarian", "Vegetariana")]


@pytest.fixture
def meeting(live_site: str) -> Meeting:
    an_entity("PE", "Peru", "Perú")
    meeting = a_meeting(slug="dialogue", registration_closes_at=None)
    ahead = timezone.now() + timedelta(days=80)
    for session in meeting.sessions.all():
        session.starts_at, session.ends_at = ahead + timedelta(days=session.number), ahead + timedelta(days=session.number, hours=3)
        session.save()
    a_question(meeting, QuestionKind.CHOICE, code="diet", options=DIETS, text_en="Diet", text_es="Alimentación", is_required=True)
    a_question(meeting, QuestionKind.YES_NO, code="visa", text_en="Do you need a visa?", text_es="¿Necesita visado?")
    a_question(meeting, QuestionKind.TEXT, code="flight", text_en="Flight", text_es="Vuelo", help_es="Número y hora de llegada.")
    a_question(meeting, QuestionKind.FILE, code="passport", text_en="Passport", text_es="Pasaporte")
    return meeting


@pytest.mark.parametrize("javascript", [True, False])
def test_everybody_on_one_form_answers_for_themselves(visit, meeting, javascript):
    page = visit("/es/dialogue/register/geneva_mission/", language="es", width=320, javascript=javascript)
    page.select_option("#id_entity", "PE")
    fill_in(page, 0)
    page.select_option("#id_participants-0-question_diet", "none")
    page.click("#add-participant")
    expect(page.locator("fieldset.participant")).to_have_count(2)
    fill_in(page, 1, family_names="Quispe Huamán")
    page.select_option("#id_participants-1-question_visa", "yes")
    page.set_input_files("#id_participants-1-question_passport", PASSPORT)
    page.check("#id_consent")
    page.wait_for_timeout(1000)
    page.click(".form-end button")
    expect(page.locator("#problems li")).to_have_text(["Participante 2: Debe responder a la pregunta «Alimentación»."])
    expect(page.locator(".kept-file strong")).to_have_text(["pasaporte.pdf"])
    page.select_option("#id_participants-1-question_diet", "vegetarian")
    page.wait_for_timeout(1000)
    page.click(".form-end button")

    expect(page.locator(".people li")).to_have_count(2)
    assert dict(Participant.objects.values_list("family_names", "answers")) == {
        "de la Cruz y Ñáñez": {"diet": "none"},
        "Quispe Huamán": {"diet": "vegetarian", "visa": "yes", "passport": f"{AnswerDocument.objects.get().pk}/pasaporte.pdf"},
    }


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_questions_are_accessible(visit, axe, meeting, language, width):
    page = visit(f"/{language}/dialogue/register/geneva_mission/", language=language, width=width)
    page.set_input_files("#id_participants-0-question_passport", PASSPORT)
    page.click(".form-end button")
    expect(page.locator(".kept-file")).to_be_visible()

    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_file_is_replaced_on_the_personal_page(visit, meeting):
    participant = a_participant(meeting, answers={"diet": "none"}, now=timezone.now())
    page = visit(f"/es/p/{participant_token(participant)}/edit/", language="es", width=320)
    page.set_input_files("#id_question_passport", PASSPORT)
    page.click(".form-end button")
    expect(page.get_by_role("link", name="pasaporte.pdf")).to_be_visible()
    page.goto(page.url.split("?")[0] + "edit/")
    page.check("#id_question_passport-remove")
    page.click(".form-end button")

    expect(page.get_by_role("link", name="pasaporte.pdf")).to_have_count(0)
    assert Participant.objects.get().answers == {"diet": "none"}
    assert not AnswerDocument.objects.exists()
