"""Lists in and out in a browser: accessible, within the content security policy, by keyboard and without scripts.

Where axe runs the policy is off (see test_desk_browser); the test without scripts runs under it.
"""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from registrations.models import DelegationType, ExpectedDelegation, Meeting, Participant
from registrations.operations.save_columns import save_columns
from tests.desk_rows import PARTICIPANTS
from tests.lists import HEADINGS, a_row, as_csv
from tests.make import NOW, ORGANIZER, a_meeting, a_participant, an_entity
from tests.test_desk_browser import sideways

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SIZES = [("en", 1280), ("es", 768), ("es", 320)]


@pytest.fixture
def meeting(live_site) -> Meeting:
    an_entity("PE", "Peru", "Perú")
    meeting = a_meeting(slug="mine-free-americas")
    a_participant(meeting, given_names="Ana", family_names="Paz", position="Consejera", email="paz@example.org")
    return meeting


def a_file() -> dict:
    listed = [[*a_row("Núñez"), "A1"], [*a_row("Paz"), "B2"], [*a_row("Sol", email="x"), "C3"]]
    return {"name": "lista.csv", "mimeType": "text/csv", "buffer": as_csv(*listed, headings=[*HEADINGS, "Pasaporte"])}


def default_button(page: Page):
    return page.locator("#content-main .submit-row .default")


@pytest.mark.parametrize(("language", "width"), SIZES)
def test_the_pages_of_an_export_are_accessible(desk, axe, meeting, language, width):
    saved = save_columns(meeting, name="Gafetes", columns=["family_names", "given_names", "session_1"], actor=ORGANIZER, now=NOW)
    columns = f"{PARTICIPANTS}columns/{meeting.pk}/"
    page = desk(PARTICIPANTS, language=language, width=width, bypass_csp=True)
    page.locator(".list-tools button").click()
    expect(page.locator("input[name=kind]")).to_have_count(3)
    assert (axe(page), sideways(page)) == ([], 0)

    for path in [columns, f"{columns}new/", f"{columns}{saved.pk}/", f"{columns}{saved.pk}/delete/"]:
        page.goto(path)
        assert (path, axe(page), sideways(page)) == (path, [], 0)


@pytest.mark.parametrize(("language", "width"), SIZES)
def test_the_pages_of_an_import_are_accessible_with_and_without_errors(desk, axe, meeting, language, width):
    page = desk(f"{PARTICIPANTS}import/", language=language, width=width, bypass_csp=True)
    assert (axe(page), sideways(page)) == ([], 0)

    for _step in ("no file", "a column that nobody knows"):
        default_button(page).click()
        expect(page.get_by_role("alert")).to_be_visible()
        assert (axe(page), sideways(page)) == ([], 0)
        if page.locator("input[type=file]").count():
            page.locator("input[type=file]").set_input_files(a_file())
            default_button(page).click()
    page.locator("select[name=column-6]").select_option("aside")
    default_button(page).click()
    expect(page.locator("#part-refused")).to_be_visible()
    assert (axe(page), sideways(page)) == ([], 0)


def a_file_of_those_expected() -> dict:
    listed = [["Perú", "mission@peru.example.org", "A1"], ["Chile", "new@chile.example.org", "B2"], ["Perrú", "", "C3"]]
    return {"name": "lista.csv", "mimeType": "text/csv", "buffer": as_csv(*listed, headings=["País", "Correo", "Embajada"])}


@pytest.fixture
def kind(meeting) -> DelegationType:
    kind = meeting.delegation_types.get(code="geneva_mission")
    ExpectedDelegation.objects.create(type=kind, entity=an_entity("CL", "Chile", "Chile"), contact_email="old@chile.example.org", language="es")
    return kind


@pytest.mark.parametrize(("language", "width"), [*SIZES, ("en", 768), ("es", 1280)])
def test_the_pages_of_an_import_of_those_expected_are_accessible(desk, axe, kind, language, width):
    page = desk(f"/admin/registrations/delegationtype/{kind.pk}/expected/", language=language, width=width, bypass_csp=True)
    page.locator('a[href*="expecteddelegation/import/"]').click()
    assert (axe(page), sideways(page)) == ([], 0)

    for _step in ("no file", "a column that nobody knows"):
        default_button(page).click()
        expect(page.get_by_role("alert")).to_be_visible()
        assert (axe(page), sideways(page)) == ([], 0)
        if page.locator("input[type=file]").count():
            page.locator("input[type=file]").set_input_files(a_file_of_those_expected())
            default_button(page).click()
    page.locator("select[name=column-2]").select_option("aside")
    default_button(page).click()
    for part in ("refused", "changed", "new"):
        expect(page.locator(f"#part-{part}")).to_be_visible()
    assert (axe(page), sideways(page)) == ([], 0)
    default_button(page).click()
    page.goto(f"/admin/registrations/expecteddelegation/?meeting={kind.meeting_id}")
    assert (axe(page), sideways(page)) == ([], 0)


def test_a_list_of_those_expected_is_imported_without_scripts(desk, kind):
    page = desk(f"/admin/registrations/delegationtype/{kind.pk}/expected/", javascript=False)
    page.get_by_role("link", name="Import a list").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="English").last.click()
    assert download.value.suggested_filename == "expected-delegations.xlsx"
    page.locator("input[type=file]").set_input_files(a_file_of_those_expected())
    default_button(page).click()
    page.get_by_label("Embajada").select_option("Leave this column aside")
    default_button(page).click()

    page.get_by_role("button", name="Import only the good rows").click()

    expect(page.locator(".messagelist .success")).to_have_text("The list of those expected is imported: 1 delegation added, 1 delegation corrected.")
    assert sorted(kind.expected.values_list("entity__code", "contact_email")) == [("CL", "new@chile.example.org"), ("PE", "mission@peru.example.org")]


@pytest.mark.parametrize(("language", "width"), SIZES)
def test_the_pages_of_attendance_are_accessible(desk, axe, meeting, language, width):
    meeting.sessions.filter(number=1).update(starts_at=timezone.now() - timedelta(hours=1))
    a_participant(meeting, given_names="Eva", family_names="Sol Ruiz")
    page = desk(f"{PARTICIPANTS}attendance/", language=language, width=width, bypass_csp=True)
    assert (axe(page), sideways(page)) == ([], 0)
    default_button(page).click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert (axe(page), sideways(page)) == ([], 0)

    attendees = b"Name,Email\nPERU - Ana Paz,paz@example.org\nEva Sol,\nZoe,zoe@example.org\n"
    page.locator("input[type=file]").set_input_files({"name": "attendees.csv", "mimeType": "text/csv", "buffer": attendees})
    default_button(page).click()
    expect(page.locator("input[name=possible]")).to_have_count(1)
    assert (axe(page), sideways(page)) == ([], 0)
    page.locator("input[name=possible]").check()
    default_button(page).click()

    expect(page.locator("#result_list tbody tr")).to_have_count(2)


def test_columns_are_put_in_order_by_keyboard_and_the_file_comes_in_it(desk, meeting):
    page = desk(f"{PARTICIPANTS}columns/{meeting.pk}/new/")
    page.get_by_label("Name:").fill("Badges")
    for header in ("E-mail", "Family names", "Status"):
        page.get_by_role("button", name=f"Add: {header}", exact=True).press("Enter")
    page.get_by_role("button", name="Move up: Status").press("Enter")
    expect(page.get_by_role("button", name="Move up: Status")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Move down: Status")).to_be_focused()
    page.get_by_label("Name:").press("Enter")
    expect(page.locator(".messagelist .success")).to_be_visible()

    page.goto(PARTICIPANTS)
    page.get_by_role("button", name="Export this list").click()
    page.get_by_label("Badges").check()
    page.get_by_label("Data for other programs (JSON)").check()
    with page.expect_download() as download:
        default_button(page).click()

    rows = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    assert [list(row) for row in rows] == [["status", "email", "family_names"]]


def test_a_list_is_imported_without_scripts(desk, meeting):
    page = desk(f"{PARTICIPANTS}?meeting={meeting.pk}", javascript=False)
    page.get_by_role("link", name="Import a list").click()
    page.locator("input[type=file]").set_input_files(a_file())
    default_button(page).click()
    page.get_by_label("Pasaporte").select_option("Leave this column aside")
    default_button(page).click()

    page.get_by_label("have been informed of the data protection notice").check()
    page.get_by_role("button", name="Import only the good rows").click()

    expect(page.locator(".messagelist .success")).to_have_text("The list is imported: 1 person registered, 1 registration changed.")
    assert sorted(Participant.objects.values_list("family_names", "position")) == [("Núñez", "Ministra"), ("Paz", "Ministra")]
