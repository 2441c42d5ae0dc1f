"""The desk in a browser: accessible, within the content security policy, without sideways scrolling.

axe copies the style sheets that Django's forms.css imports into the page, which the policy forbids: where it runs, the policy is off.
"""

import pytest
from playwright.sync_api import Page, expect

from registrations.enums import Delivery
from registrations.models import Meeting, OutboxMessage
from tests.desk_rows import PARTICIPANTS
from tests.make import a_meeting, a_participant, a_pending_participant, status_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LANGUAGES, WIDTHS = ["en", "es"], [320, 1280]
OUTBOX = "/admin/registrations/outboxmessage/"


@pytest.fixture
def meeting(live_site):
    meeting = a_meeting(seats=3)
    for _index in range(3):
        a_participant(meeting, family_names="Muñoz de la Cruz y Peña")
    a_pending_participant(meeting)
    OutboxMessage.objects.filter(pk=OutboxMessage.objects.first().pk).update(status=Delivery.FAILED)
    return meeting


def pages_of_every_day(meeting: Meeting) -> list[str]:
    participant, message = meeting.participants.first(), OutboxMessage.objects.get(status=Delivery.FAILED)
    return [
        "/admin/",
        PARTICIPANTS,
        f"{PARTICIPANTS}{participant.pk}/change/",
        "/admin/registrations/delegation/",
        f"/admin/registrations/delegation/{participant.delegation_id}/change/",
        f"/admin/registrations/delegation/{participant.delegation_id}/hand-over/",
        OUTBOX,
        f"{OUTBOX}{message.pk}/change/",
    ]


def programme_pages(meeting: Meeting) -> list[str]:
    meeting_page = f"/admin/registrations/meeting/{meeting.pk}/change/"
    return [meeting_page, f"/admin/registrations/session/{meeting.sessions.first().pk}/change/", "/admin/registrations/entity/"]


def sideways(page: Page) -> int:
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("es", 1280), ("es", 320)])
def test_the_pages_of_every_day(desk, axe, meeting, language, width):
    page = desk("/admin/", language=language, width=width, bypass_csp=True)

    for path in pages_of_every_day(meeting):
        page.goto(path)
        assert page.locator("html").get_attribute("lang") == language
        assert (path, axe(page), sideways(page)) == (path, [], 0)


@pytest.mark.parametrize("language", LANGUAGES)
def test_declining_with_a_missing_reason(desk, axe, meeting, language):
    page = desk(f"{PARTICIPANTS}?status__exact=pending", language=language, width=320, bypass_csp=True)
    page.locator("#action-toggle").check()
    page.locator("select[name=action]").select_option("decline")
    page.locator("button[name=index]").click()
    assert (axe(page), sideways(page)) == ([], 0)

    page.locator("input[type=submit].default").click()

    expect(page.get_by_role("alert")).to_be_visible()
    assert (axe(page), sideways(page)) == ([], 0)
    page.locator("textarea").fill("No figura entre los invitados.")
    page.locator("input[type=submit].default").click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    assert [participant.status for participant in meeting.participants.filter(delegation__entity=None)] == ["declined"]


def test_a_delegation_is_decided_about_without_javascript(desk, meeting):
    first, second = (a_pending_participant(meeting, organization="Campaña Contra las Minas") for _index in range(2))
    page = desk(f"/admin/registrations/delegation/{first.delegation_id}/change/", javascript=False)

    page.get_by_role("checkbox", name=first.styled_name).uncheck()
    page.get_by_role("button", name="Confirm", exact=True).click()

    expect(page.locator(".messagelist .success")).to_have_text("1 put on the waiting list: all seats are taken.")
    expect(page.get_by_role("checkbox", name=first.styled_name)).to_be_checked()
    assert [status_of(person) for person in (first, second)] == ["pending", "waiting"]


@pytest.mark.parametrize("width", WIDTHS)
def test_the_pages_of_the_programme(desk, axe, meeting, width):
    page = desk("/admin/", language="es", width=width, bypass_csp=True)

    for path in programme_pages(meeting):
        page.goto(path)
        assert (path, axe(page), sideways(page)) == (path, [], 0)


def test_no_page_breaks_the_policy(desk, meeting):
    page = desk("/admin/")

    for path in [*pages_of_every_day(meeting), *programme_pages(meeting), "/admin/registrations/meeting/add/", "/admin/auth/user/"]:
        page.goto(path)
        page.wait_for_load_state("load")
    page.goto(programme_pages(meeting)[1])
    page.locator("#calendarlink0").click()
    expect(page.locator("#calendarin0")).to_be_visible()


def test_dark_pages_are_readable(desk, axe, meeting):
    page = desk("/admin/", color_scheme="dark", bypass_csp=True)

    for path in ["/admin/", PARTICIPANTS, f"{PARTICIPANTS}{meeting.participants.first().pk}/change/"]:
        page.goto(path)
        assert (path, axe(page)) == (path, [])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_way_in(visit, axe, live_site, language):
    page = visit("/admin/login/", language=language, width=320)

    assert (axe(page), sideways(page)) == ([], 0)


def test_the_language_switch_stays_on_the_page(desk, meeting):
    page = desk(f"{PARTICIPANTS}?status__exact=confirmed", language="en")

    page.get_by_role("button", name="Español").click()

    expect(page.locator("html")).to_have_attribute("lang", "es")
    assert page.url.endswith("?status__exact=confirmed")


def test_the_mail_is_shown_in_a_frame_that_keeps_its_layout(desk, meeting):
    message = OutboxMessage.objects.filter(status=Delivery.QUEUED).first()

    page = desk(f"{OUTBOX}{message.pk}/change/")

    frame = page.frame_locator(".mail iframe")
    expect(frame.locator("h1, h2, p").first).to_be_visible()
    assert frame.locator("body").evaluate("body => [...body.querySelectorAll('[style]')].length") > 0
