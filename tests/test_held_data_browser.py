"""What is held about a participant, in a real browser: read, and asked to be erased."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from registrations.enums import MessageKind
from registrations.links import participant_token
from registrations.models import NoteVerbale, Participant
from registrations.operations.switch_language import switch_language
from tests.mail_rows import a_coming_meeting, owed, sent
from tests.make import ORGANIZER, a_participant

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def participant(live_site: str) -> Participant:
    """Somebody with a long name and something in every section."""
    now = timezone.now()
    person = a_participant(
        a_coming_meeting(now=now), now=now, family_names="M" * 50, email=f"{'m' * 50}@exteriores.example.com", accessibility_needs="Subtítulos"
    )
    sent(owed(person, MessageKind.INVITATION, session=1), now=now)
    switch_language(person, language="en", actor=ORGANIZER, now=now + timedelta(seconds=1))
    note = {"file_name": "nota.pdf", "content_type": "application/pdf", "size": 1, "sha256": "x", "content": b"x", "uploaded_by": "focal point"}
    NoteVerbale.objects.create(delegation=person.delegation, uploaded_at=now, **note)
    return person


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("language", ["en", "es"])
def test_the_pages_are_accessible_fit_and_need_no_script(visit, axe, participant, language, width):
    page = visit(f"/{language}/p/{participant_token(participant)}/", language=language, width=width)
    findings = {"participant": axe(page) + too_wide(page)}
    page.click("a[href$='/data/']")
    findings["data"] = axe(page) + too_wide(page)
    page.click("a[href$='/erase/']")
    findings["question"] = axe(page) + too_wide(page)
    page.click("button[value=ask]")
    findings["asked"] = axe(page) + too_wide(page)

    assert findings == {name: [] for name in findings}
    expect(page.locator("h1")).to_have_text("What we hold about you" if language == "en" else "Datos que conservamos sobre usted")
    participant.refresh_from_db()
    assert participant.erasure_requested_at is not None


def test_the_file_is_downloaded_and_the_request_taken_back_without_scripts(visit, participant):
    page = visit(f"/es/p/{participant_token(participant)}/data/", language="es", javascript=False)
    with page.expect_download() as download:
        page.click("a[href$='/data.json']")
    assert download.value.suggested_filename == f"{participant.reference}.json"

    page.click("a[href$='/erase/']")
    page.click("button[value=ask]")
    page.click("button[value='take back']")

    expect(page.locator(".notice")).to_have_count(0)
    participant.refresh_from_db()
    assert participant.erasure_requested_at is None


def too_wide(page: Page) -> list[str]:
    width, window = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    return [f"{width} px on a window of {window}"] if width > window else []
