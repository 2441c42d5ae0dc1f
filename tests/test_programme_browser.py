"""The pages that everybody may read, in a real browser."""

import re
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from registrations.models import Meeting
from tests.dialogue import load_dialogue

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LANGUAGES = ["en", "es"]
LIMIT = 45_000


@pytest.fixture
def dialogue(live_site: str) -> Meeting:
    """The dialogue on 10 and 11 February of next year, so that registration is open."""
    return load_dialogue(first_day=f"{date.today().year + 1}-02-10")  # noqa: DTZ011  which year is all that counts


def text_of(page: Page) -> list[str]:
    return page.locator("main").inner_text().split()


def overflow(page: Page) -> int:
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["mine-free-americas/", "mine-free-americas/data-notice/", "no-such-page/"])
def test_a_page_is_accessible_and_fits_the_screen(visit, axe, dialogue, path, language, width):
    page = visit(f"/{language}/{path}", language=language, width=width)

    assert axe(page) == []
    assert overflow(page) == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_of_meetings_is_accessible_and_fits_the_screen(visit, axe, live_site, language):
    load_dialogue(first_day="2021-02-10")

    page = visit(f"/{language}/", language=language, width=320)

    assert page.locator(".agenda li").count() == 1
    assert axe(page) == []
    assert overflow(page) == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_javascript_nothing_is_missing(visit, dialogue, language):
    path = f"/{language}/mine-free-americas/"

    assert text_of(visit(path, language=language, javascript=False)) == text_of(visit(path, language=language, zone="Europe/Zurich"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_code_for_slides_opens_by_keyboard(visit, axe, dialogue, language):
    page = visit(f"/{language}/mine-free-americas/", language=language, width=320)
    image = page.locator(".share img")
    expect(image).to_be_hidden()

    page.locator(".share summary").press("Enter")

    expect(image).to_be_visible()
    expect(image).not_to_have_js_property("naturalWidth", 0)
    assert axe(page) == []
    assert overflow(page) == 0


@pytest.mark.parametrize("zone", ["Europe/Zurich", "Europe/Madrid", "America/Lima", "America/New_York"])
def test_a_reader_on_one_of_the_clocks_is_told_no_other_time(visit, dialogue, zone):
    page = visit("/en/mine-free-americas/", zone=zone)

    expect(page.locator(".times .nb").first).to_be_visible()
    expect(page.locator(".your-time")).to_have_count(0)


@pytest.mark.parametrize(
    ("language", "zone", "masthead", "session", "item"),
    [
        (
            "en",
            "America/Argentina/Buenos_Aires",
            "Your time: 11:00-14:00 (GMT-3)",
            "Your time: 11:00-14:00 (GMT-3)",
            "11:00-11:30 your time",
        ),
        (
            "es",
            "Asia/Kolkata",
            "En su hora local: 19:30-22:30 (GMT+5:30)",
            "En su hora local: 19:30-22:30 (GMT+5:30)",
            "19:30-20:00 su hora",
        ),
        (
            "en",
            "Pacific/Auckland",
            "Your time: 03:00-06:00 the following day (GMT+13)",
            re.compile(r"Your time: \w+day,? 11 February, 03:00-06:00 \(GMT\+13\)"),
            "03:00-03:30 your time",
        ),
        (
            "es",
            "Pacific/Auckland",
            "En su hora local: 03:00-06:00 del día siguiente (GMT+13)",
            re.compile(r"En su hora local: \w+, 11 de febrero, 03:00-06:00 \(GMT\+13\)"),
            "03:00-03:30 su hora",
        ),
    ],
)
def test_a_reader_elsewhere_is_told_their_own_time(visit, dialogue, language, zone, masthead, session, item):
    page = visit(f"/{language}/mine-free-americas/", language=language, zone=zone)

    expect(page.locator(".clocks .your-time")).to_have_text(masthead)
    expect(page.locator("#session-1 > header .your-time")).to_have_text(session)
    expect(page.locator("#session-1 .readings .your-time").first).to_have_text(item)
    assert overflow(page) == 0


def test_the_keyboard_reaches_the_content_first(visit, dialogue):
    page = visit("/en/mine-free-americas/")

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.locator("main")).to_be_focused()


def test_the_language_switch_stays_on_the_page(visit, dialogue):
    page = visit("/en/mine-free-americas/data-notice/")

    page.get_by_role("link", name="Español").click()

    expect(page).to_have_url(re.compile("/es/mine-free-americas/data-notice/$"))
    expect(page.locator("h1")).to_have_text("Aviso de protección de datos")


def test_the_way_to_the_form_is_two_clicks(visit, dialogue):
    page = visit("/es/mine-free-americas/", language="es", width=320)

    page.get_by_role("link", name="Inscribirse").click()
    page.get_by_role("link", name=re.compile("^Misiones Permanentes")).click()

    expect(page).to_have_url(re.compile("/es/mine-free-americas/register/geneva_mission/$"))


def test_paper_shows_the_programme_without_bars_and_buttons(visit, dialogue):
    page = visit("/en/mine-free-americas/", zone="Asia/Tokyo")

    page.emulate_media(media="print")

    for hidden in (".bar", ".foot", ".masthead .btn", ".your-time", "text=subscribe to it"):
        expect(page.locator(hidden).first).to_be_hidden()
    assert page.locator(".items > li").evaluate_all("items => items.map(item => getComputedStyle(item).breakInside)") == ["avoid"] * 11


def test_a_first_visit_is_light(visit, dialogue):
    page = visit("/en/mine-free-americas/")

    sizes = page.evaluate("performance.getEntries().filter(entry => entry.encodedBodySize).map(entry => entry.encodedBodySize)")

    assert len(sizes) <= 5
    assert sum(sizes) < LIMIT
