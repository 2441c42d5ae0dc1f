"""The page that copies a meeting, in a browser."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.make import a_meeting

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("language", "today"), [("en", "Today"), ("es", "Hoy")])
def test_the_first_day_is_picked_from_a_calendar(desk: Callable[..., Page], language: str, today: str) -> None:
    page = desk(f"/admin/registrations/meeting/{a_meeting().pk}/copy/", language=language)

    page.get_by_role("link", name=today).click()

    expect(page.locator("[name=first_day]")).not_to_have_value("")


def test_the_page_is_accessible_on_a_narrow_screen(desk: Callable[..., Page], axe: Callable[[Page], list[str]]) -> None:
    page = desk(f"/admin/registrations/meeting/{a_meeting().pk}/copy/", language="es", width=320, bypass_csp=True)

    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
