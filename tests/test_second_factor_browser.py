"""The second factor in a browser, by keyboard and with an app of our own."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.auth.models import User
from django_otp.plugins.otp_totp.models import TOTPDevice
from playwright.sync_api import Page, expect

from tests.authenticator import code_at
from tests.desk_rows import an_organizer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def clock(settings):
    """The server's clock stands still; the browser's goes on, so that the day is today."""
    settings.DESK_SECOND_FACTOR = True
    with time_machine.travel(datetime.now(UTC), tick=False) as traveller:
        yield traveller


def give_the_password(page: Page) -> None:
    page.locator("#id_username").fill("ana")
    page.locator("#id_password").fill("a long password")
    page.keyboard.press("Enter")


def sideways(page: Page) -> int:
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("es", 768), ("es", 320)])
def test_set_up_at_the_first_login_and_given_at_the_next(visit, axe, clock, language, width):
    an_organizer("view_participant")
    options = {"language": language, "width": width, "bypass_csp": True}
    page = visit("/admin/", **options)
    give_the_password(page)

    expect(page.locator(".qr")).to_be_visible()
    assert (axe(page), sideways(page)) == ([], 0)
    page.locator("#id_code").focus()
    page.keyboard.type("000000")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_visible()
    assert (axe(page), sideways(page)) == ([], 0)
    secret = page.locator(".secret").inner_text()
    page.locator("#id_code").fill(code_at(datetime.now(UTC), secret=secret))
    page.keyboard.press("Enter")
    expect(page.locator(".codes li")).to_have_count(10)
    assert (axe(page), sideways(page)) == ([], 0)
    recovery = page.locator(".codes li").first.inner_text()
    page.locator(".button.default").press("Enter")
    expect(page.locator("#desk-nav")).to_be_visible()
    page.goto("/admin/second-factor/")
    assert (axe(page), sideways(page)) == ([], 0)

    clock.shift(timedelta(minutes=1))
    again = visit("/admin/registrations/participant/", **options)
    give_the_password(again)
    expect(again.locator("#id_code")).to_be_focused()
    assert (axe(again), sideways(again)) == ([], 0)
    again.keyboard.type(code_at(datetime.now(UTC), secret=secret))
    again.keyboard.press("Enter")
    expect(again.locator("#changelist")).to_be_visible()

    lost = visit("/admin/", **options)
    give_the_password(lost)
    lost.locator("#id_code").fill(recovery)
    lost.keyboard.press("Enter")
    expect(lost.locator("#desk-nav")).to_be_visible()


def test_no_page_breaks_the_policy_and_none_needs_a_script(visit, clock):
    an_organizer("view_participant")
    page = visit("/admin/", javascript=False)
    give_the_password(page)

    expect(page.locator(".qr")).to_be_visible()
    page.locator("#id_code").fill(code_at(datetime.now(UTC), secret=page.locator(".secret").inner_text()))
    page.keyboard.press("Enter")

    expect(page.locator(".codes li")).to_have_count(10)
    assert TOTPDevice.objects.get().user == User.objects.get()
