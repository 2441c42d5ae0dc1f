"""A focal point at work in a real browser."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from registrations.links import delegation_token
from registrations.models import Participant
from tests.mail_rows import a_coming_meeting
from tests.make import a_person, participants_of, sign_up

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def people(live_site) -> list[Participant]:
    names = ("Ana", "Beatriz", "Carla")
    now = timezone.now()
    return participants_of(sign_up(a_coming_meeting(now=now), *(a_person(given_names=name, family_names="Paz") for name in names), now=now))


def address(people: list[Participant], rest: str = "", *, language: str = "en") -> str:
    return f"/{language}/d/{delegation_token(people[0].delegation)}/{rest}"


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize(
    "rest", ["", "order/", "withdraw/", "focal-point/", "note/", "people/{pk}/", "people/{pk}/substitute/", "people/{pk}/withdraw/"]
)
def test_every_page_is_accessible_and_fits_a_small_telephone(visit, axe, people, language, rest):
    page = visit(address(people, rest.format(pk=people[0].pk), language=language), language=language, width=320)

    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_a_substitution_by_keyboard_and_without_scripts(visit, people):
    page = visit(address(people), javascript=False)
    page.get_by_role("link", name="Substitute Beatriz Paz").press("Enter")
    page.get_by_label("Given names").fill("Delia")
    page.get_by_label("Family names").fill("Ríos")
    page.get_by_label("Position").fill("Ministra")
    page.get_by_label("E-mail").fill("delia@example.org")
    page.get_by_role("button", name="Give the place to this person").press("Enter")

    names = page.locator(".members:not(.members-former) .name")
    expect(names.nth(1)).to_contain_text("Delia Ríos")
    expect(names).to_have_count(3)
    expect(page.get_by_text("in place of Beatriz Paz")).to_be_visible()


def test_the_order_is_changed_with_a_button(visit, people):
    page = visit(address(people))
    page.get_by_role("button", name="Move up Carla Paz").press("Enter")

    expect(page.locator(".members .name").nth(1)).to_contain_text("Carla Paz")


def test_no_other_page_learns_the_address(visit, people):
    page = visit(address(people))
    with page.expect_request("**/en/*/") as asked:
        page.locator(".overline a").click()

    assert delegation_token(people[0].delegation) not in str(asked.value.all_headers())
