"""Files that go with a letter: under the rules for a note verbale, kept in the database, sent with each mail."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from registrations.details import Document
from registrations.enums import Delivery, MessageKind
from registrations.errors import (
    AttachedAlready,
    AttachmentsTooLarge,
    DocumentEmpty,
    DocumentOfUnknownKind,
    DocumentProtected,
    DocumentTooLarge,
    DocumentWithMacros,
    DraftChangedMeanwhile,
    LetterGone,
)
from registrations.models import Letter, LetterAttachment, OutboxMessage
from registrations.operations.attach import attach, detach
from registrations.operations.forget import forget
from registrations.operations.send_letter import send_letter
from registrations.rules.documents import MOST_BYTES
from tests.desk_rows import a_desk, an_organizer, desk_of
from tests.documents import DOCX, JPEG, PDF, PNG, WITH_MACROS, WITH_PASSWORD
from tests.mail_rows import opened, owed, rendered
from tests.make import NOW, ORGANIZER, a_draft, a_meeting, a_participant
from tests.web_form import soup, values_of

pytestmark = pytest.mark.django_db
LETTERS = "/admin/registrations/letter/"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def draft() -> Letter:
    meeting = a_meeting()
    return a_draft(a_participant(meeting, language="en"), a_participant(meeting, language="es"))


def with_file(letter: Letter, content: bytes = PDF, *, name: str = "Programa día 2.pdf", minutes: int = 1) -> Letter:
    return attach(letter, document=Document(file_name=name, content=content), actor=ORGANIZER, now=NOW + timedelta(minutes=minutes))


def save(desk, letter: Letter, **fields):
    page = f"{LETTERS}{letter.pk}/change/"
    values = values_of(soup(desk.get(page)), "#letter") | {"go": "save"} | fields
    return desk.post(page, {name: value for name, value in values.items() if value != "" or name != "document"})


def test_every_mail_brings_the_files_and_names_them(draft):
    letter = with_file(with_file(draft), DOCX, name="Nota.doc", minutes=2)
    send_letter(letter, seen=letter.version, actor=ORGANIZER, now=NOW)

    for person in draft.recipients.all():
        written = rendered(owed(person, MessageKind.LETTER))
        attached = {part.get_filename(): part.get_payload(decode=True) for part in opened(written).iter_attachments()}
        assert attached == {"Programa día 2.pdf": PDF, "Nota.docx": DOCX}
        assert "- Programa día 2.pdf\n- Nota.docx" in written.body
        assert "<li>Programa día 2.pdf</li>" in written.alternatives[0][0].replace(' style="margin: 0 0 6px;"', "")


@pytest.mark.parametrize("content", [PDF, PNG, JPEG, DOCX])
def test_the_kinds_of_a_note_verbale_are_taken(draft, content):
    assert bytes(with_file(draft, content).attachments.get().content) == content


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", DocumentEmpty),
        (b"MZ\x90", DocumentOfUnknownKind),
        (b"<svg/>", DocumentOfUnknownKind),
        (WITH_MACROS, DocumentWithMacros),
        (WITH_PASSWORD, DocumentProtected),
        (PDF + b"\0" * MOST_BYTES, DocumentTooLarge),
    ],
)
def test_other_files_are_refused(draft, content, refusal):
    with pytest.raises(refusal):
        with_file(draft, content)
    assert not LetterAttachment.objects.exists()


def test_all_files_together_are_as_large_as_one_may_be(draft):
    letter = with_file(draft, PDF + b"\0" * (MOST_BYTES - 2 * len(PDF)))

    with pytest.raises(AttachmentsTooLarge):
        with_file(letter, PDF + b"\0")
    assert with_file(letter, PDF).attachments.count() == 2


def test_the_same_file_goes_once(draft):
    with pytest.raises(AttachedAlready):
        with_file(with_file(draft), name="again.pdf")


def test_a_file_changes_the_draft_so_that_nobody_sends_it_unseen(draft):
    seen = draft.version
    letter = with_file(draft)

    with pytest.raises(DraftChangedMeanwhile):
        send_letter(letter, seen=seen, actor=ORGANIZER, now=NOW)
    assert detach(letter, pk=letter.attachments.get().pk, actor=ORGANIZER, now=NOW + timedelta(minutes=2)).attachments.count() == 0


def test_nothing_is_attached_to_what_was_sent(draft):
    letter = with_file(draft)
    send_letter(letter, seen=letter.version, actor=ORGANIZER, now=NOW)

    with pytest.raises(LetterGone):
        with_file(letter, PNG)
    with pytest.raises(LetterGone):
        detach(letter, pk=letter.attachments.get().pk, actor=ORGANIZER, now=NOW)


def test_the_desk_attaches_and_removes_and_keeps_what_was_typed(draft):
    desk = a_desk()

    with time_machine.travel(NOW + timedelta(minutes=1), tick=False):
        save(desk, draft, document=SimpleUploadedFile("nota.pdf", PDF), text_en="Read this.")
        kept = draft.attachments.get()
        page = soup(desk.get(f"{LETTERS}{draft.pk}/change/"))
    listed = [item.a["href"] for item in page.select(".attachments li")]
    save(desk, draft, detach=str(kept.pk), text_en="Read nothing.")

    assert (kept.file_name, listed) == ("nota.pdf", [f"{LETTERS}{draft.pk}/attachment/{kept.pk}/"])
    assert not draft.attachments.exists()
    assert Letter.objects.get().text_en == "Read nothing."


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (WITH_MACROS, "The file contains macros."),
        (b"", "The file is empty. Choose another one."),
        (PDF + b"\0" * (MOST_BYTES + 5000), "The file is larger than 10 MB."),
    ],
)
def test_the_desk_is_told_what_is_not_taken_and_the_texts_stay(draft, content, sentence):
    answer = save(a_desk(), draft, document=SimpleUploadedFile("nota.docx", content), text_en="Read this.")

    assert sentence in soup(answer).select_one("[role=alert]").text
    assert soup(answer).select_one("[name=text_en]").text.strip() == "Read this."


def test_a_file_is_handed_out_to_be_saved_by_those_who_may_read_the_letter(draft):
    kept = with_file(draft).attachments.get()
    other = a_draft(a_participant(a_meeting()))
    address = f"{LETTERS}{draft.pk}/attachment/{kept.pk}/"

    response = desk_of(an_organizer("view_letter")).get(address)

    assert b"".join(response.streaming_content) == PDF
    assert response["Content-Disposition"].startswith("attachment")
    assert set(response["Content-Security-Policy"].split("; ")) == {"sandbox", "default-src 'none'"}
    assert desk_of(an_organizer(username="nobody")).get(address).status_code == 404
    assert a_desk().get(f"{LETTERS}{other.pk}/attachment/{kept.pk}/").status_code == 404


def test_the_name_of_the_erased_goes_from_the_names_of_files():
    meeting = a_meeting()
    leaving = a_participant(meeting, given_names="Anacaona", family_names="Quispehuamán")
    letter = with_file(a_draft(a_participant(meeting)), name="Visa Anacaona Quispehuamán.pdf")
    OutboxMessage.objects.all().update(status=Delivery.SENT, session=None)

    forget(leaving, actor=ORGANIZER, now=meeting.sessions.last().ends_at + timedelta(days=1))

    assert letter.attachments.get().file_name == "Visa .pdf"
