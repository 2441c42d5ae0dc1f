"""Asking for lost links on a telephone without scripts."""

import pytest
from playwright.sync_api import expect

from registrations.enums import MessageKind
from registrations.models import OutboxMessage
from tests.make import a_meeting, a_participant

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WORDS = {"en": ("Send me my links", "Look into your mailbox"), "es": ("Enviarme mis enlaces", "Consulte su correo electrónico")}


@pytest.mark.parametrize("language", ["en", "es"])
def test_from_a_mistyped_address_to_the_mail(visit, live_site, language):
    participant = a_participant(a_meeting(slug="dialogue"))
    button, heading = WORDS[language]
    page = visit(f"/{language}/dialogue/lost-link/", language=language, width=320, javascript=False)

    page.get_by_role("textbox").fill("maría@")
    page.get_by_role("button", name=button).click()
    expect(page.locator("#problems li")).to_have_count(1)
    expect(page.get_by_role("textbox")).to_have_value("maría@")
    page.get_by_role("textbox").fill(participant.email)
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert OutboxMessage.objects.filter(kind=MessageKind.LINKS, mailbox=participant.mailbox).count() == 1


@pytest.mark.parametrize("width", [320, 1280])
def test_the_page_and_its_error_are_accessible(visit, axe, live_site, width):
    a_meeting(slug="dialogue")
    page = visit("/es/dialogue/lost-link/", language="es", width=width)
    blank = axe(page)

    page.get_by_role("button", name="Enviarme mis enlaces").click()
    expect(page.locator("#problems")).to_be_focused()

    assert (blank, axe(page)) == ([], [])
