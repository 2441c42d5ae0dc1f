"""Writing to participants in a browser: accessible, without scripts, by keyboard, from 768 px.

axe copies the style sheets that Django's forms.css imports into the page, which the policy forbids: where it runs, the policy is off.
"""

import pytest
from playwright.sync_api import Page, expect

from registrations.details import Document
from registrations.enums import Delivery, MessageKind
from registrations.models import Letter, OutboxMessage
from registrations.operations.attach import attach
from registrations.operations.send_letter import send_letter
from tests.desk_rows import PARTICIPANTS
from tests.documents import PDF
from tests.make import NOW, ORGANIZER, a_draft, a_meeting, a_participant

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LETTERS = "/admin/registrations/letter/"


@pytest.fixture
def letter(live_site) -> Letter:
    meeting = a_meeting()
    people = [a_participant(meeting, family_names="Muñoz de la Cruz y Peña", language=language) for language in ("es", "en", "es")]
    draft = a_draft(*people, text_en="Dear {name_with_title},\n\n- one\n- **two**\n\n{personal_page}")
    return attach(draft, document=Document(file_name="Programa.pdf", content=PDF), actor=ORGANIZER, now=NOW)


def sideways(page: Page) -> int:
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("width", [768, 1280])
def test_the_pages_of_a_draft(desk, axe, letter, language, width):
    page = desk("/admin/", language=language, width=width, bypass_csp=True)

    for path in [LETTERS, f"{LETTERS}{letter.pk}/change/", f"{LETTERS}{letter.pk}/send/", f"{LETTERS}{letter.pk}/discard/"]:
        page.goto(path)
        page.locator("details").evaluate_all("all => all.forEach(each => each.open = true)")
        assert (path, axe(page), sideways(page)) == (path, [], 0)


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("width", [768, 1280])
def test_the_pages_of_a_letter_that_was_sent(desk, axe, letter, language, width):
    send_letter(letter, seen=letter.version, actor=ORGANIZER, now=NOW)
    failed = OutboxMessage.objects.filter(kind=MessageKind.LETTER).last()
    OutboxMessage.objects.filter(pk=failed.pk).update(status=Delivery.FAILED, outcome="550 5.1.1 no such mailbox here")
    failed.meeting.participants.update(bounced_at=NOW)
    page = desk("/admin/", language=language, width=width, bypass_csp=True)

    for path in [LETTERS, f"{LETTERS}{letter.pk}/change/", f"{LETTERS}{letter.pk}/cancel/"]:
        page.goto(path)
        assert (path, axe(page), sideways(page)) == (path, [], 0)


def test_a_refused_draft_is_accessible(desk, axe, letter):
    page = desk(f"{LETTERS}{letter.pk}/change/", language="es", width=768, bypass_csp=True)

    page.get_by_label("Texto, en español").fill("Estimada {nombre}:")
    page.get_by_role("button", name="Enviar…").click()

    expect(page.get_by_role("alert")).to_contain_text("{nombre}")
    expect(page.get_by_label("Texto, en español")).to_have_value("Estimada {nombre}:")
    assert (axe(page), sideways(page)) == ([], 0)


def test_no_page_breaks_the_policy(desk, letter):
    page = desk(f"{LETTERS}{letter.pk}/change/")

    expect(page.frame_locator("iframe").first.locator("h1")).to_be_visible()
    page.goto(f"{LETTERS}{letter.pk}/send/")
    expect(page.frame_locator("iframe").first.locator("h1")).to_be_visible()


def test_a_letter_is_written_and_sent_by_keyboard_without_scripts(desk, letter):
    chosen = letter.recipients.first()
    page = desk(f"{PARTICIPANTS}?q={chosen.reference}", javascript=False)
    page.locator("input.action-select").focus()
    page.keyboard.press("Space")
    page.locator("select[name=action]").select_option("write_letter")
    page.locator("button[name=index]").press("Enter")

    for label, words in [
        ("Subject, in English", "New"),
        ("Subject, in Spanish", "Nuevo"),
        ("Text, in English", "Text"),
        ("Text, in Spanish", "Texto"),
    ]:
        page.get_by_label(label).fill(words)
    page.get_by_label("Recipient: name, e-mail or reference").fill(chosen.reference)
    page.keyboard.press("Enter")
    expect(page.get_by_label("Subject, in Spanish")).to_have_value("Nuevo")
    expect(page.frame_locator("iframe").first.locator("h1")).to_have_text("New")
    page.get_by_role("button", name="Send ...").press("Enter")
    page.get_by_role("button", name="Send 1 mail").press("Enter")

    expect(page.locator(".messagelist .success")).to_have_text("1 mail is on its way.")
    assert [message.participant for message in OutboxMessage.objects.filter(kind=MessageKind.LETTER)] == [chosen]


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("width", [768, 1280])
def test_the_texts_of_a_meeting(desk, axe, letter, language, width):
    texts = f"/admin/registrations/meeting/{letter.meeting_id}/texts/"
    page = desk(f"{texts}invitation/", language=language, width=width, bypass_csp=True)
    page.locator("button[name=save]").click()
    expect(page.locator(".messagelist .success")).to_be_visible()

    for path in [
        texts,
        f"{texts}invitation/",
        f"{texts}chase/",
        f"{texts}invitation/restore/",
        "/admin/registrations/historyentry/?event=adapt+text",
        f"/admin/registrations/meeting/{letter.meeting_id}/change/",
    ]:
        page.goto(path)
        page.locator("details").evaluate_all("all => all.forEach(each => each.open = true)")
        assert (path, axe(page), sideways(page)) == (path, [], 0)


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("width", [768, 1280])
def test_what_is_typed_for_a_text_is_seen_with_its_layout_before_it_is_saved(desk, axe, letter, language, width):
    page = desk(f"/admin/registrations/meeting/{letter.meeting_id}/texts/declined/", language=language, width=width, bypass_csp=True)
    for code, words in {"en": "We are *sorry*", "es": "Lo *lamentamos*"}.items():
        page.locator(f"[name=text_{code}]").fill(f"{words} 2027\n\n- **{{name}}**\n\n{{details}}")

    page.locator("button[name=preview]").press("Enter")

    for number, heading in enumerate(["We are *sorry* 2027", "Lo *lamentamos* 2027"]):
        expect(page.frame_locator("iframe").nth(number).locator("h1")).to_have_text(heading)
        expect(page.frame_locator("iframe").nth(number).locator("li strong")).to_contain_text("Mar")
    page.locator(".mail details").evaluate_all("all => all.forEach(each => each.open = true)")
    assert (axe(page), sideways(page)) == ([], 0)
    page.locator("[name=text_en]").fill("No details")
    page.locator("button[name=preview]").press("Enter")
    expect(page.locator("[role=alert]")).to_contain_text("{details}")
    assert (axe(page), sideways(page), page.locator("iframe").count()) == ([], 0, 0)


def test_the_frames_with_a_text_obey_the_policy_of_the_site(desk, letter):
    page = desk(f"/admin/registrations/meeting/{letter.meeting_id}/texts/reminder/")

    page.locator("button[name=preview]").click()

    expect(page.frame_locator("iframe").first.locator("h1")).to_contain_text("begins in 1 day")
    assert page.frame_locator("iframe").first.locator("h1").evaluate("heading => getComputedStyle(heading).fontSize") != "32px"
