"""The page on which an organizer publishes, in a browser."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

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
def test_the_publish_page_is_accessible(
    desk: Callable[..., Page], axe: Callable[[Page], list[str]], language: str, width: int, tmp_path: Any
) -> None:
    meeting = a_meeting_with_drafts()

    page = desk(f"/admin/registrations/meeting/{meeting.pk}/publish/", language=language, width=width, bypass_csp=True)

    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.screenshot(path=str(tmp_path / f"publish-{language}-{width}.png"), full_page=True)


def test_an_organizer_keeps_a_title_to_the_feed_and_publishes_the_rest(desk: Callable[..., Page]) -> None:
    meeting = a_meeting_with_drafts()
    page = desk(f"/admin/registrations/meeting/{meeting.pk}/publish/")
    before = page.get_by_text("2 updates").count()

    page.get_by_label("Session 2").or_(page.get_by_label("Closing session")).uncheck()
    page.get_by_role("button", name="Count and preview again").click()
    after = page.get_by_text("1 update", exact=True).count()
    page.get_by_role("button", name="Publish", exact=True).click()

    assert (before, after) == (1, 1)
    assert "Version 2 of the programme is published. On their way: 1 update and 0 cancellations." in page.inner_text("body")
    assert meeting.sessions.get(number=1).starts_at.hour == 15
