"""The whole story of one delegation in a real browser, with the mails that leave in between.

Pictures of the stations and the mails in their order are kept in var/story/.
"""

import re
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from registrations.details import FocalPoint
from registrations.management.commands.send_outbox import send_what_is_due
from registrations.models import DelegationType, OutboxMessage, Participant
from tests.desk_rows import PARTICIPANTS
from tests.documents import PDF
from tests.mail_rows import a_coming_meeting
from tests.make import a_person, participants_of, sign_up
from tests.smtp import SmtpServer
from tools import ROOT

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
STORY = ROOT / "var" / "story"
ROSA = FocalPoint(name="Rosa Archivo", email="rosa@mision.example.org", language="es")
BAD = {2: ("jefe de prensa", "p2@mision.example.org"), 5: ("asesora", "p5(at)mision.example.org"), 9: ("asesor", "")}
ROWS = "\n".join(
    f"Sra.\tMaría José\tMuñoz Peña {letter}\tConsejera\t{BAD.get(row, ('representante',))[0]}\t"
    + (BAD[row][1] if row in BAD else f"p{row}@mision.example.org")
    for row, letter in enumerate("ABCDEFGHIJKL")
)
LIST = f"Tratamiento\tNombres\tApellidos\tCargo\tFunción\tCorreo electrónico\n{ROWS}"


@pytest.fixture
def head(live_site) -> Participant:
    """Signed up by Rosa, who is no participant herself; the type is reviewed and requires a note verbale."""
    now = timezone.now()
    meeting = a_coming_meeting(now=now, slug="dialogue")
    DelegationType.objects.update(is_reviewed=True, note_verbale_required=True)
    person = a_person(given_names="Ana", family_names="Paz", email="ana@mision.example.org")
    return participants_of(sign_up(meeting, person, focal_point=ROSA, now=now))[0]


def delivered(server: SmtpServer) -> list[EmailMessage]:
    """Everything that left, in order, after what is owed was sent."""
    OutboxMessage.objects.filter(due_at__gt=timezone.now()).update(due_at=timezone.now())
    send_what_is_due()
    STORY.mkdir(parents=True, exist_ok=True)
    for number, mail in enumerate(server.received, start=1):
        (STORY / f"mail-{number:02}.eml").write_bytes(mail.content)
    return [message_from_bytes(mail.content, policy=policy.default) for mail in server.received]


def link_in(mail: EmailMessage, kind: str) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return re.search(rf"http\S+(/es/{kind}/\S+/)", body.get_content())[1]


def picture(page: Page, name: str) -> None:
    STORY.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=str(STORY / f"{name}.png"), full_page=True)


def names(page: Page) -> list[str]:
    return [" ".join(text.split()) for text in page.locator(".members:not(.members-former) .name").all_inner_texts()]


def test_from_the_list_to_the_confirmation(visit, desk, head, mail_over_smtp):
    [own, summary] = delivered(mail_over_smtp)
    assert (own["To"], summary["To"]) == ("Ana Paz <ana@mision.example.org>", "Rosa Archivo <rosa@mision.example.org>")

    # The focal point pastes twelve rows, mends the three that are bad, and sends the note verbale.
    page = visit(link_in(summary, "d"), language="es")
    picture(page, "1-page")
    page.get_by_role("link", name="Añadir personas o pegar una lista").click()
    page.locator("#pasted").fill(LIST)
    page.locator("[value=read]").click()
    expect(page.locator(".rows .invalid-feedback")).to_have_count(3)
    picture(page, "2-pasted")
    page.locator("#id_consent").check()
    page.locator(".form-end button").click()
    expect(page.locator(".rows > div")).to_have_count(3)
    picture(page, "3-to-mend")
    page.locator("#id_participants-0-role").select_option("adviser")
    page.locator("#id_participants-1-email").fill("p5@mision.example.org")
    page.locator("#id_participants-2-email").fill("p9@mision.example.org")
    page.locator("#id_consent").check()
    page.locator(".form-end button").click()
    expect(page.locator(".members > li")).to_have_count(13)
    page.get_by_role("link", name="Enviar la nota verbal").click()
    page.locator("#id_document").set_input_files({"name": "Nota verbal 5.pdf", "mimeType": "application/pdf", "buffer": PDF})
    page.get_by_role("button", name="Enviar la nota verbal").click()
    expect(page.locator("#note .name")).to_have_text("Nota verbal 5.pdf")

    # One is substituted, one is withdrawn.
    page.get_by_role("link", name="Sustituir María José Muñoz Peña A").click()
    for label, text in {"Nombres": "Delia", "Apellidos": "Ríos", "Cargo": "Ministra", "Correo electrónico": "delia@mision.example.org"}.items():
        page.get_by_label(label).fill(text)
    page.get_by_role("button", name="Ceder la plaza a esta persona").click()
    expect(page.locator(".members .name").nth(1)).to_contain_text("Delia Ríos")
    page.get_by_role("link", name="Retirar María José Muñoz Peña L").click()
    page.get_by_role("button", name="Retirar la inscripción de esta persona").click()
    expect(page.locator(".members:not(.members-former) > li")).to_have_count(12)
    picture(page, "4-delegation")

    # The desk returns the head's registration, it comes back, and the whole delegation is confirmed.
    office = desk(f"{PARTICIPANTS}{head.pk}/change/", language="es")
    office.get_by_role("button", name="Devolver para su corrección").click()
    office.get_by_label("Cargo").check()
    office.locator("[name=reason_es]").fill("Escriba el cargo completo, por favor.")
    picture(office, "5-return")
    office.locator("input.default").click()
    returned, digest = delivered(mail_over_smtp)[-2:]
    assert (returned["To"], digest["To"]) == (own["To"], summary["To"])
    own_page = visit(link_in(returned, "p"), language="es")
    expect(own_page.get_by_text("Escriba el cargo completo, por favor.")).to_be_visible()
    own_page.get_by_label("Cargo").fill("Embajadora, Representante Permanente")
    picture(own_page, "6-correction")
    own_page.locator(".form-end button").click()
    office.goto(f"{PARTICIPANTS}{head.pk}/change/")
    expect(office.get_by_text("Embajadora, Representante Permanente").first).to_be_visible()
    picture(office, "7-difference")
    office.goto(f"/admin/registrations/delegation/{head.delegation_id}/change/")
    picture(office, "8-whole-delegation")
    office.locator("button[value=confirm]").click()

    page.reload()
    assert [name.endswith("Confirmada") for name in names(page)] == [True] * 12
    picture(page, "9-confirmed")
    kinds = [(mail.get_content_type(), mail["Subject"]) for mail in delivered(mail_over_smtp)]
    invitations = [subject for kind, subject in kinds if kind == "multipart/mixed"]
    assert len(invitations) == 24
