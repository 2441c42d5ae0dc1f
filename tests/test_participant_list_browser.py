"""The list of participants in a browser: the desk's page, and the list itself as a page."""

import pytest
from playwright.sync_api import expect

from registrations.details import ListOptions
from registrations.models import IssuedList, Meeting
from registrations.operations.issue_list import issue_list
from tests.make import NOW, ORGANIZER, a_participant
from tests.participant_lists import a_full_meeting
from tests.test_desk_browser import sideways

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def meeting(live_site: str) -> Meeting:
    meeting = a_full_meeting()
    issue_list(meeting, options=ListOptions(has_emails=True), seen=None, actor=ORGANIZER, now=NOW)
    a_participant(meeting)
    return meeting


def pages(meeting: Meeting) -> list[str]:
    base = f"/admin/registrations/meeting/{meeting.pk}/participants/"
    kept = IssuedList.objects.get(meeting=meeting)
    return [base, f"{base}draft/es.html", f"{base}draft/en.html", f"{base}{kept.pk}/es.html"]


@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("es", 1280), ("es", 768), ("es", 320)])
def test_every_page_is_accessible_and_fits(desk, axe, meeting, language, width):
    page = desk("/admin/", language=language, width=width, bypass_csp=True)

    for path in pages(meeting):
        page.goto(path)
        assert (path, axe(page), sideways(page)) == (path, [], 0)


@pytest.mark.parametrize("width", [320, 1280])
def test_what_is_wrong_with_the_choices_is_accessible(desk, axe, meeting, width):
    page = desk(pages(meeting)[0], language="es", width=width, bypass_csp=True)
    page.get_by_label("alfabético, comenzando por").check()

    page.get_by_role("button", name="Aplicar las opciones").click()

    expect(page.get_by_role("alert")).to_be_visible()
    assert (axe(page), sideways(page)) == ([], 0)


def test_no_page_breaks_the_policy(desk, meeting):
    page = desk("/admin/")

    for path in pages(meeting):
        page.goto(path)
        expect(page.locator("h1")).to_be_visible()


def test_an_organizer_chooses_looks_and_issues_without_javascript(desk, meeting):
    page = desk(f"/admin/registrations/meeting/{meeting.pk}/change/", language="es", javascript=False)
    page.get_by_role("link", name="Lista de participantes…").click()
    page.get_by_label("definitiva").check()
    page.get_by_role("button", name="Aplicar las opciones").click()
    expect(page.get_by_role("heading", name="Próxima emisión: Lista definitiva de participantes")).to_be_visible()

    with page.expect_popup() as opened:
        page.get_by_role("button", name="Página (ventana nueva), Español").click()
    expect(opened.value.locator(".mark")).to_have_text(["[alta]"])
    page.get_by_role("button", name="Emitir esta lista").click()

    expect(page.locator(".messagelist .success")).to_have_text("Se ha emitido: Lista definitiva de participantes.")
    expect(page.get_by_role("row", name="Lista definitiva de participantes")).to_be_visible()
