"""Sign-up and the participant's page in a real browser."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from registrations.links import participant_token
from registrations.models import Meeting, Participant
from tests.make import a_meeting, a_participant, a_pending_participant, an_entity

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LIMIT = 60_000


@pytest.fixture
def meeting(live_site: str) -> Meeting:
    for code, name_en, name_es in [("PE", "Peru", "Perú"), ("EC", "Ecuador", "Ecuador"), ("NA", "Namibia", "Namibia")]:
        an_entity(code, name_en, name_es)
    meeting = a_meeting(slug="dialogue", registration_closes_at=None, join_url="https://meet.example.org/room")
    ahead = timezone.now() + timedelta(days=80)
    for session in meeting.sessions.all():
        session.starts_at = ahead.replace(hour=14, minute=0, second=0, microsecond=0) + timedelta(days=session.number)
        session.ends_at = session.starts_at + timedelta(hours=3)
        session.save()
    return meeting


def fill_in(page: Page, index: int = 0, **fields: str) -> None:
    values = {
        "honorific": "S.E. Sra.",
        "given_names": "María José",
        "family_names": "de la Cruz y Ñáñez",
        "position": "Embajadora",
        "email": f"person{index}@example.org",
    }
    for name, value in (values | fields).items():
        page.fill(f"#id_participants-{index}-{name}", value)
    page.select_option(f"#id_participants-{index}-role", "head")


@pytest.mark.parametrize("javascript", [True, False])
def test_a_delegation_of_two_signs_up_from_a_phone(visit, meeting, javascript):
    page = visit("/es/dialogue/register/geneva_mission/", language="es", width=320, javascript=javascript)
    page.select_option("#id_entity", "PE")
    fill_in(page, 0)
    page.click("#add-participant")
    expect(page.locator("fieldset.participant")).to_have_count(2)
    fill_in(page, 1, family_names="Quispe Huamán")
    page.check("#id_consent")
    page.wait_for_timeout(1000)
    page.click(".form-end button")

    expect(page.locator(".people li")).to_have_count(2)
    assert sorted(Participant.objects.values_list("family_names", "language")) == [("Quispe Huamán", "es"), ("de la Cruz y Ñáñez", "es")]


def test_participants_are_added_and_removed_without_a_round_trip(visit, meeting):
    page = visit("/en/dialogue/register/geneva_mission/")
    page.wait_for_load_state("networkidle")
    requests = []
    page.on("request", lambda request: requests.append(request.url))
    for index in (1, 2):
        page.click("#add-participant")
        fill_in(page, index, family_names=f"Person {index}")
    page.click("text=Remove participant 2")

    assert page.locator("fieldset.participant > legend").all_inner_texts() == ["Participant 1", "Participant 2"]
    assert page.input_value("#id_participants-1-family_names") == "Person 2"
    assert page.input_value("#id_participants-TOTAL_FORMS") == "2"
    assert page.get_by_label("Family names").count() == 2
    assert requests == []


def test_the_last_participant_cannot_be_removed(visit, meeting):
    page = visit("/en/dialogue/register/geneva_mission/")
    page.click("#add-participant")
    page.click("text=Remove participant 1")

    expect(page.locator(".remove-participant:visible")).to_have_count(0)


def test_without_javascript_a_new_participant_is_brought_into_view(visit, meeting):
    page = visit("/en/dialogue/register/geneva_mission/", width=320, javascript=False)
    page.click("#add-participant")

    expect(page.locator("fieldset.participant > legend >> nth=1")).to_be_focused()
    expect(page.locator("fieldset.participant > legend >> nth=1")).to_be_in_viewport()


def test_long_names_fit_the_answer_on_a_phone(visit, meeting):
    page = visit("/en/dialogue/register/geneva_mission/", width=320)
    page.select_option("#id_entity", "PE")
    fill_in(page, given_names="W" * 60, family_names="M" * 60)
    page.check("#id_consent")
    page.wait_for_timeout(1000)
    page.click(".form-end button")

    expect(page.locator(".people li")).to_have_count(1)
    assert too_wide(page) == []


def test_the_language_changes_mid_form_and_nothing_is_lost(visit, meeting):
    page = visit("/en/dialogue/register/geneva_mission/")
    page.click("#add-participant")
    fill_in(page, 1)
    page.click(".languages button[lang=es]")

    expect(page.locator("html")).to_have_attribute("lang", "es")
    assert page.url.endswith("/es/dialogue/register/geneva_mission/")
    assert page.input_value("#id_participants-1-family_names") == "de la Cruz y Ñáñez"


def test_after_errors_the_focus_is_on_the_summary_and_its_links_lead_to_the_fields(visit, meeting):
    page = visit("/en/dialogue/register/geneva_mission/")
    page.click(".form-end button")
    page.wait_for_selector("#problems")
    assert page.evaluate("document.activeElement.id") == "problems"

    page.click("#problems a >> nth=0")
    assert page.evaluate("document.activeElement.id") == "id_entity"


def test_the_return_key_registers(visit, meeting):
    page = visit("/en/dialogue/register/geneva_mission/", javascript=False)
    page.select_option("#id_entity", "PE")
    fill_in(page)
    page.check("#id_consent")
    page.wait_for_timeout(1000)
    page.press("#id_participants-0-email", "Enter")

    expect(page.locator("h1")).to_have_text("The registration is confirmed")


def test_a_reload_of_the_answer_sends_nothing_again(visit, meeting):
    page = visit("/en/dialogue/register/geneva_mission/")
    page.select_option("#id_entity", "PE")
    fill_in(page)
    page.check("#id_consent")
    page.wait_for_timeout(1000)
    page.click(".form-end button")
    page.wait_for_url("**/register/done/**")
    methods = []
    page.on("request", lambda request: methods.append(request.method))
    page.reload()

    expect(page.locator(".people li")).to_have_count(1)
    assert set(methods) == {"GET"}


@pytest.mark.parametrize("width", [320, 768, 1280])
@pytest.mark.parametrize("language", ["en", "es"])
def test_every_sign_up_page_is_accessible_and_fits(visit, axe, meeting, language, width):
    paths = ["register/", "register/geneva_mission/", "register/organization/"]
    findings = {}
    for path in paths:
        page = visit(f"/{language}/dialogue/{path}", language=language, width=width)
        findings[path] = axe(page) + too_wide(page)
        if page.locator(".form-end button").count():
            page.click(".form-end button")
            page.wait_for_selector("#problems")
            findings[path + " with errors"] = axe(page) + too_wide(page)

    assert findings == {path: [] for path in findings}


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("language", ["en", "es"])
def test_the_answer_and_the_pages_that_refuse_are_accessible_and_fit(visit, axe, meeting, language, width):
    page = visit(f"/{language}/dialogue/register/geneva_mission/", language=language, width=width)
    page.select_option("#id_entity", "PE")
    fill_in(page)
    page.check("#id_consent")
    page.wait_for_timeout(1000)
    page.click(".form-end button")
    page.wait_for_selector(".people")
    findings = {"answer": axe(page) + too_wide(page)}
    person = Participant.objects.get()
    Participant.objects.update(link_version=2)
    Meeting.objects.update(registration_closes_at=timezone.now())
    for name, path in {"revoked": f"p/{participant_token(person)}/", "closed": "dialogue/register/geneva_mission/", "unknown": "nothing/"}.items():
        page = visit(f"/{language}/{path}", language=language, width=width)
        findings[name] = axe(page) + too_wide(page)

    assert findings == {name: [] for name in findings}


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("language", ["en", "es"])
def test_every_page_of_a_participant_is_accessible_and_fits(visit, axe, meeting, language, width):
    confirmed, pending = a_participant(meeting, now=timezone.now()), a_pending_participant(meeting, now=timezone.now())
    for participant in (confirmed, pending):
        page = visit(f"/{language}/p/{participant_token(participant)}/", language=language, width=width)
        page.click("summary")
        assert axe(page) + too_wide(page) == []
        page.goto(page.url + "edit/")
        page.fill("#id_email", "no address")
        page.click(".form-end button")
        page.wait_for_selector("#problems")
        assert axe(page) + too_wide(page) == []
        page.goto(page.url.removesuffix("edit/"))
        page.click("summary")

    page.click("button[value=withdraw]")
    expect(page.locator(".status")).to_have_text("Withdrawn" if language == "en" else "Retirada")
    assert axe(page) == []


@pytest.mark.parametrize("path", ["register/geneva_mission/", "register/organization/"])
def test_html_styles_and_scripts_of_the_sign_up_page_weigh_under_60_kb(visit, meeting, path):
    sizes: dict[str, int] = {}
    page = visit("/en/")
    page.on("requestfinished", lambda request: sizes.update({request.url: request.sizes()["responseBodySize"]}))
    page.goto(f"/en/dialogue/{path}")
    page.wait_for_load_state("networkidle")

    assert len(sizes) <= 5
    assert sum(sizes.values()) < LIMIT, sizes


def too_wide(page: Page) -> list[str]:
    width, window = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    return [f"{width} px on a window of {window}"] if width > window else []
