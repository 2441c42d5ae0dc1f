"""The questions at the desk in a browser: accessible, without sideways scrolling, within the content security policy.

axe copies the style sheets that Django's forms.css imports into the page, which the policy forbids: where it runs, the policy is off.
"""

import pytest
from playwright.sync_api import expect

from registrations.models import Meeting, Participant
from tests.desk_rows import PARTICIPANTS
from tests.make import a_meeting, a_pending_participant
from tests.test_desk_browser import sideways
from tests.test_desk_programme import page_of
from tests.test_desk_questions import QUESTIONS, a_kept_file, answered_by, everything_answered

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def meeting(live_site: str) -> Meeting:
    """Two people who answered everything, one of whom waits for a decision, and others."""
    meeting = a_meeting(slug="dialogue")
    everything_answered(meeting)
    passport = a_kept_file(meeting.questions.get(code="passport"), name="passport.pdf")
    a_pending_participant(meeting, answers={"diet": "none", "visa": "no", "flight": "LX 18\n18:40", "passport": passport})
    Participant.objects.filter(status="pending").update(to_review={"question_diet": ["vegetarian", "none"]})
    answered_by(meeting, 5, diet="vegetarian", visa="yes")
    return meeting


def pages(meeting: Meeting) -> list[str]:
    question, person, pending = meeting.questions.first(), meeting.participants.first(), meeting.participants.get(status="pending")
    return [
        QUESTIONS,
        f"{QUESTIONS}add/?meeting={meeting.pk}",
        page_of(question),
        page_of(person),
        f"{PARTICIPANTS}{person.pk}/substitute/",
        f"{PARTICIPANTS}{pending.pk}/review/",
        f"{PARTICIPANTS}?meeting={meeting.pk}&question={question.pk}&answered=vegetarian",
    ]


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("width", [768, 1280])
def test_the_pages_are_accessible(desk, axe, meeting, language, width):
    page = desk("/admin/", language=language, width=width, bypass_csp=True)

    for path in pages(meeting):
        page.goto(path)
        assert page.locator("html").get_attribute("lang") == language
        assert (path, axe(page), sideways(page)) == (path, [], 0)


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_list_of_one_meeting_is_seen_whole_on_a_tablet(desk, meeting, language):
    page = desk(f"{QUESTIONS}?meeting={meeting.pk}", language=language, width=768)

    results = page.locator("#changelist .results")
    expect(results).to_be_visible()
    assert results.evaluate("element => element.scrollWidth - element.clientWidth") == 0


def test_no_page_breaks_the_policy(desk, meeting):
    page = desk("/admin/")

    for path in pages(meeting):
        page.goto(path)
        expect(page.locator("h1")).to_be_visible()


def test_a_question_with_a_choice_is_written_and_answered_without_javascript(desk, meeting):
    page = desk(f"{QUESTIONS}add/?meeting={meeting.pk}", javascript=False)
    page.get_by_label("Kind of answer").select_option("choice")
    page.get_by_label("Question, in English").fill("Which hotel?")
    page.get_by_label("Question, in Spanish").fill("¿Qué hotel?")
    for place, (english, spanish) in enumerate([("Lake", "Lago"), ("Station", "Estación")]):
        page.locator(f"#id_options-{place}-text_en").fill(english)
        page.locator(f"#id_options-{place}-text_es").fill(spanish)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist .success")).to_be_visible()

    page.goto(page_of(meeting.participants.first()))
    page.get_by_label("Which hotel?").select_option("Station")
    page.get_by_role("checkbox", name="Take the file out").check()
    page.get_by_role("button", name="Save", exact=True).click()

    expect(page.locator(".messagelist .success")).to_be_visible()
    answers = meeting.participants.first().answers
    assert (answers["which-hotel"], "passport" in answers) == ("station", False)
