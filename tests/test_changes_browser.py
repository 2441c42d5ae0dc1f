"""A moved and a cancelled session, and the list of what changed, in a real browser."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from registrations.links import delegation_token, participant_token
from registrations.models import Meeting
from tests.dialogue import load_dialogue
from tests.make import a_participant
from tests.published import publish_change

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HOUR = timedelta(hours=1)


@pytest.fixture
def dialogue(live_site: str) -> Meeting:
    """The dialogue with its first session moved and its second one cancelled."""
    meeting = load_dialogue(first_day=f"{date.today().year + 1}-02-10")  # noqa: DTZ011  which year is all that counts
    session = meeting.sessions.get(number=1)
    publish_change(session, now=timezone.now(), starts_at=session.starts_at + HOUR, ends_at=session.ends_at + HOUR)
    return meeting


def cancel_session_2(meeting: Meeting) -> None:
    publish_change(meeting.sessions.get(number=2), now=timezone.now(), is_cancelled=True)


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("language", ["en", "es"])
def test_every_page_with_a_cancelled_session_is_accessible_and_fits_the_screen(visit, axe, dialogue: Meeting, language: str, width: int) -> None:
    person = a_participant(dialogue, now=timezone.now())
    cancel_session_2(dialogue)
    word = {"en": "Cancelled", "es": "Cancelada"}[language]
    paths = ["mine-free-americas/", "mine-free-americas/changes/", f"p/{participant_token(person)}/", f"d/{delegation_token(person.delegation)}/"]

    page = visit(f"/{language}/", language=language, width=width)
    for path in paths:
        page.goto(f"/{language}/{path}")

        expect(page.locator("main .tag", has_text=word)).to_be_visible()
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0


def test_a_screen_reader_hears_that_a_session_is_cancelled(visit, dialogue: Meeting) -> None:
    cancel_session_2(dialogue)

    page = visit("/en/mine-free-americas/")

    expect(page.get_by_role("region", name="Second session Cancelled")).to_be_visible()
    expect(page.get_by_role("heading", name="Second session Cancelled")).to_be_visible()


def test_one_follows_the_link_from_the_programme_and_switches_the_language(visit, dialogue: Meeting) -> None:
    page = visit("/en/mine-free-americas/", javascript=False)

    page.get_by_role("link", name="Changes to the programme").click()
    page.get_by_role("link", name="Español").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Cambios en el programa")
    expect(page.get_by_role("region", name="Versión 2")).to_contain_text("16:00-19:00 Ginebra (GMT+1)")
