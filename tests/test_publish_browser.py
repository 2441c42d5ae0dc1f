"""The page on which an organizer publishes, in a browser."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from registrations.models import Meeting
from tests.make import a_meeting, a_participant
from tests.test_publish import a_moved_session, drafted

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def a_meeting_with_drafts() -> Meeting:
    meeting = a_meeting()
    a_participant(meeting)
    a_moved_session(meeting)
    drafted(meeting.sessions.get(number=2), meeting=meeting, title_en="Closing session", title_es="Sesión de clausura")
    return meeting


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_publish_page_is_accessible(desk: Callable[..., Page], axe: Callable[[Page], list[str]], language: str, width: int) -> None:
    meeting = a_meeting_with_drafts()

    page = desk(f"/admin/registrations/meeting/{meeting.pk}/publish/", language=language, width=width, bypass_csp=True)

    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_an_organizer_keeps_a_title_to_the_feed_and_publishes_the_rest(desk: Callable[..., Page]) -> None:
    meeting = a_meeting_with_drafts()
    page = desk(f"/admin/registrations/meeting/{meeting.pk}/publish/")
    expect(page.get_by_text("2 updates", exact=True)).to_be_visible()

    page.get_by_label("Closing session").uncheck()
    page.get_by_role("button", name="Count and preview again").click()
    expect(page.get_by_text("1 update", exact=True)).to_be_visible()
    page.get_by_role("button", name="Publish", exact=True).click()

    expect(page.get_by_text("Version 2 of the programme is published. On their way: 1 update and 0 cancellations.")).to_be_visible()
    assert meeting.sessions.get(number=1).starts_at.hour == 15
