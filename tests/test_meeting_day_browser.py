"""The countdown on a participant's page in a real browser, whose clock is moved; the server keeps the real one."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from registrations.links import participant_token
from registrations.models import Meeting, Participant
from tests.make import a_meeting, a_participant

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ROOM = "https://meet.example.org/secret-room"


def somebody_before(left: timedelta, **fields: Any) -> Participant:
    """A participant whose session begins so much later than now, and whose room opens half an hour before."""
    now = timezone.now()
    meeting = a_meeting(sessions=1, join_url=ROOM, registration_closes_at=now + timedelta(days=9))
    meeting.sessions.update(starts_at=now + left, ends_at=now + left + timedelta(hours=3))
    return a_participant(meeting, now=now, sessions=frozenset({1}), given_names="María", **fields)


def path_of(person: Participant, language: str = "en") -> str:
    return f"/{language}/p/{participant_token(person)}/"


def on_a_clock_of_its_own(page: Page, *, time: datetime | None = None) -> Page:
    """The page loaded again, with a clock that can be wound forward."""
    page.clock.install(time=time)
    page.reload()
    return page


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [
        ("en", "It begins in 2 days and 3 hours.", "It begins in 1 hour and 2 minutes."),
        ("es", "Comienza dentro de 2 días y 3 horas.", "Comienza dentro de 1 hora y 2 minutos."),
    ],
)
def test_the_countdown_goes_on_in_the_words_of_the_server(visit, live_site, language, before, after):
    person = somebody_before(timedelta(days=2, hours=3, minutes=1, seconds=55))
    page = on_a_clock_of_its_own(visit(path_of(person, language), language=language))
    line = page.locator(".time-left")

    page.clock.run_for(2000)
    expect(line).to_have_text(before)
    page.clock.fast_forward(timedelta(days=2, hours=2) // timedelta(milliseconds=1))

    expect(line).to_have_text(after)


def test_a_device_whose_clock_is_wrong_shows_the_right_time(visit, live_site):
    person = somebody_before(timedelta(hours=5, seconds=40))

    page = on_a_clock_of_its_own(visit(path_of(person)), time=datetime(2019, 1, 1, tzinfo=UTC))
    page.clock.run_for(61_000)

    expect(page.locator(".time-left")).to_have_text("It begins in 5 hours.")


def test_a_session_that_runs_is_counted_from_its_beginning(visit, live_site):
    person = somebody_before(timedelta(seconds=50))
    page = on_a_clock_of_its_own(visit(path_of(person)))
    line = page.locator(".time-left")

    page.clock.run_for(55_000)
    expect(line).to_have_text("It has just begun.")
    page.clock.run_for(120_000)

    expect(line).to_have_text("It began 2 minutes ago.")


def test_a_screen_reader_is_not_told_the_same_minute_twice(visit, live_site):
    page = on_a_clock_of_its_own(visit(path_of(somebody_before(timedelta(hours=5, seconds=30)))))
    page.evaluate(
        """() => {
            window.changes = 0;
            new MutationObserver((records) => { window.changes += 1; }).observe(document.querySelector(".time-left"), { childList: true });
        }"""
    )

    page.clock.run_for(180_000)

    assert page.evaluate("window.changes") == 3


def test_the_server_decides_whether_the_room_is_open_when_the_browser_thinks_it_is(visit, live_site):
    person = somebody_before(timedelta(hours=1))
    page = on_a_clock_of_its_own(visit(path_of(person)))
    button = page.get_by_role("link", name="Join the session")

    with page.expect_event("load"):
        page.clock.fast_forward(31 * 60_000)
        page.clock.run_for(6000)
    expect(button).to_have_count(0)
    Meeting.objects.update(join_opens_minutes=90)
    with page.expect_event("load"):
        page.clock.fast_forward(31 * 60_000)
        page.clock.run_for(6000)

    expect(button).to_be_visible()
    assert "secret-room" not in page.content()


def test_the_name_for_the_room_is_copied_by_one_button(visit, live_site):
    page = visit(path_of(somebody_before(timedelta(hours=1)), "es"), language="es", permissions=["clipboard-read", "clipboard-write"])

    page.get_by_role("button", name="Copiar").click()

    expect(page.get_by_role("button", name="Copiado")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == "PERÚ - María Muñoz Peña"


def test_without_javascript_the_page_says_to_load_it_again_and_offers_no_dead_button(visit, live_site):
    page = visit(path_of(somebody_before(timedelta(hours=1))), javascript=False)

    expect(page.locator(".time-left")).to_have_text("It begins in 1 hour.")
    assert "Please reload the page then." in page.locator("#countdown").inner_text()
    expect(page.get_by_role("button", name="Copy")).to_have_count(0)


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("left", [timedelta(days=2), timedelta(minutes=10)])
def test_the_countdown_is_accessible_and_fits_the_screen(visit, axe, live_site, left, language, width):
    page = visit(path_of(somebody_before(left), language), language=language, width=width)

    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
