"""The review queue in a browser: single keys, never while somebody types, and everything without a script as well."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from registrations.models import Meeting, Participant
from tests.desk_rows import PARTICIPANTS
from tests.make import NOW, a_meeting, a_pending_participant, status_of
from tests.test_desk_browser import sideways

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
QUEUE = f"{PARTICIPANTS}review/"


@pytest.fixture
def people(live_site: str) -> list[Participant]:
    """Three who wait, the first of whom was changed and has a namesake."""
    meeting = a_meeting(seats=9)
    waiting = [a_pending_participant(meeting, language="es", now=NOW + timedelta(minutes=minute)) for minute in range(3)]
    first = waiting[0]
    Participant.objects.filter(pk=first.pk).update(to_review={"position": ["Asesora", "Embajadora"]})
    a_pending_participant(meeting, organization="Otra red", given_names=first.given_names, family_names="Peña Muñoz", now=NOW + timedelta(hours=1))
    return waiting


def at(page: Page, person: Participant, position: str) -> None:
    expect(page.locator("#content > h1")).to_have_text(person.styled_name)
    expect(page.locator(".queue strong")).to_have_text(position)


def test_keys_decide_and_lead_on(desk, people):
    first, second, third = people
    page = desk(QUEUE)
    at(page, first, "1 of 4")

    page.keyboard.press("n")
    at(page, second, "2 of 4")
    page.keyboard.press("c")
    at(page, third, "2 of 3")
    page.keyboard.press("p")
    at(page, first, "1 of 3")

    assert [status_of(person) for person in people] == ["pending", "confirmed", "pending"]


def test_no_key_decides_while_somebody_types(desk, people):
    first, second, _third = people
    page = desk(QUEUE)

    page.keyboard.press("d")
    expect(page.locator("#id_reason_es")).to_be_focused()
    page.keyboard.type("canpr")
    expect(page.locator("#id_reason_es")).to_have_value("canpr")
    page.keyboard.press("Escape")
    expect(page.locator("details[data-key=d] summary")).to_be_focused()
    expect(page.locator("#id_reason_es")).to_be_hidden()
    assert [status_of(person) for person in people] == ["pending"] * 3

    page.keyboard.press("d")
    page.locator("#id_reason_es").fill("No figura entre los invitados.")
    page.get_by_role("button", name="Decline", exact=True).click()
    at(page, second, "1 of 3")
    assert status_of(first) == "declined"


def test_keys_with_ctrl_and_others_are_the_browsers(desk, people):
    page = desk(QUEUE)

    page.keyboard.press("Control+c")
    page.keyboard.press("x")

    at(page, people[0], "1 of 4")


def test_the_keys_can_be_switched_off_and_stay_so(desk, people):
    page = desk(QUEUE)
    page.get_by_label("Decide with single keys").uncheck()
    page.reload()

    expect(page.get_by_label("Decide with single keys")).not_to_be_checked()
    page.keyboard.press("c")
    page.keyboard.press("n")

    at(page, people[0], "1 of 4")
    page.get_by_label("Decide with single keys").check()
    page.keyboard.press("n")
    at(page, people[1], "2 of 4")


def test_everything_works_without_a_script(desk, people):
    _first, second, third = people
    page = desk(QUEUE, javascript=False)
    expect(page.get_by_label("Decide with single keys")).to_be_hidden()

    page.get_by_role("button", name="Confirm").click()
    at(page, second, "1 of 3")
    page.get_by_text("Return for correction ...").first.click()
    page.get_by_label("Position").check()
    page.locator("#id_return-reason_es").fill("Escriba el cargo completo.")
    page.get_by_role("button", name="Return for correction", exact=True).click()

    at(page, third, "1 of 2")
    assert [status_of(person) for person in people] == ["confirmed", "returned", "pending"]


def pages(meeting: Meeting, person: Participant) -> list[str]:
    kind = meeting.delegation_types.get(code="geneva_mission")
    kind_pages = [f"/admin/registrations/delegationtype/{kind.pk}/{name}" for name in ("expected/", "chase/?wording=both", "change/")]
    lists = ["/admin/registrations/expecteddelegation/", f"/admin/registrations/expecteddelegation/add/?type={kind.pk}"]
    return [f"{PARTICIPANTS}{person.pk}/review/", f"{QUEUE}?meeting={meeting.pk + 1}", *kind_pages, *lists]


@pytest.mark.parametrize(("language", "width"), [("en", 768), ("es", 768), ("es", 320), ("es", 1280)])
def test_the_screens_are_accessible(desk, axe, people, language, width):
    first, meeting = people[0], people[0].meeting
    kind = meeting.delegation_types.get(code="geneva_mission")
    kind.expected.create(organization_name="Misión Permanente de un Estado", contact_email="mision@example.org")
    a_meeting()
    page = desk("/admin/", language=language, width=width, bypass_csp=True)
    assert (axe(page), sideways(page)) == ([], 0)

    for path in pages(meeting, first):
        page.goto(path)
        assert (path, axe(page), sideways(page)) == (path, [], 0)


@pytest.mark.parametrize("key", ["d", "r"])
def test_an_open_form_is_accessible(desk, axe, people, key):
    page = desk(QUEUE, width=768, bypass_csp=True)

    page.keyboard.press(key)

    expect(page.locator(f"details[data-key={key}][open]")).to_be_visible()
    assert (axe(page), sideways(page)) == ([], 0)


def test_dark_screens_are_readable(desk, axe, people):
    page = desk("/admin/", color_scheme="dark", bypass_csp=True)
    assert axe(page) == []

    page.goto(QUEUE)
    assert axe(page) == []


def test_no_screen_breaks_the_policy(desk, people):
    page = desk("/admin/")

    for path in pages(people[0].meeting, people[0]):
        page.goto(path)
        page.wait_for_load_state("load")
