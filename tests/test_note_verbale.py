"""A delegation's note verbale: sent in, replaced, handed out to nobody else."""

from uuid import uuid4

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registrations.details import FOCAL_POINT, Document
from registrations.errors import DocumentUnchanged
from registrations.links import delegation_token, submission_token
from registrations.models import Delegation, DelegationType, HistoryEntry, NoteVerbale
from registrations.operations.submit_note import submit_note
from registrations.rules.documents import MOST_BYTES
from registrations.rules.rate_limits import MOST_PER_HOUR, Door
from tests.documents import DOCX, ENCRYPTED, JPEG, OF_A_FUTURE_VERSION, PDF, PNG, WITH_MACROS
from tests.make import NOW, a_meeting, a_participant, a_person, participants_of, sign_up
from tests.web_form import sentences, soup

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def delegation() -> Delegation:
    return a_participant(a_meeting()).delegation


def page_of(delegation: Delegation, rest: str = "", *, language: str = "en") -> str:
    return f"/{language}/d/{delegation_token(delegation)}/{rest}"


def send(client, delegation: Delegation, content: bytes, *, name: str = "note.pdf", kind: str = "application/pdf"):
    return client.post(page_of(delegation, "note/"), {"document": SimpleUploadedFile(name, content, kind)})


@pytest.mark.parametrize(("content", "kind"), [(PDF, "pdf"), (PNG, "png"), (JPEG, "jpg"), (DOCX, "docx")])
def test_a_document_of_each_kind_is_kept_byte_for_byte(client, delegation, content, kind):
    response = send(client, delegation, content, name="Nota verbal.bin")

    note = NoteVerbale.objects.get()
    assert response["Location"] == page_of(delegation, "?saved#note")
    assert (bytes(note.content), note.size, note.file_name) == (content, len(content), f"Nota verbal.{kind}")
    assert HistoryEntry.objects.get(participant=None).event == "note verbale"


def test_a_download_is_a_file_and_nothing_that_a_browser_would_show_or_keep(client, delegation):
    send(client, delegation, PDF, name="Nota n.º 5.pdf")

    response = client.get(page_of(delegation, f"note/{NoteVerbale.objects.get().pk}/"))

    assert b"".join(response.streaming_content) == PDF
    assert response["Content-Disposition"] == "attachment; filename*=utf-8''Nota%20n.%C2%BA%205.pdf"
    assert (response["Content-Type"], response["X-Content-Type-Options"]) == ("application/pdf", "nosniff")
    assert "no-store" in response["Cache-Control"]
    assert set(response["Content-Security-Policy"].split("; ")) == {"sandbox", "default-src 'none'"}


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty."),
        (b"<!doctype html><script>alert(1)</script>", "The file is neither a PDF nor a Word document"),
        (WITH_MACROS, "The file contains macros."),
        (ENCRYPTED, "The file is protected by a password."),
        (OF_A_FUTURE_VERSION, "The file is neither a PDF nor a Word document"),
        (PDF.ljust(MOST_BYTES + 1), "The file is larger than 10 MB."),
        (PDF.ljust(MOST_BYTES + 200_000), "The file is larger than 10 MB."),
    ],
    ids=["empty", "html", "macros", "protected", "future zip", "too large", "cut while it came in"],
)
def test_what_is_not_taken_is_refused_in_words(client, delegation, content, sentence):
    [said] = sentences(send(client, delegation, content))

    assert said.startswith(sentence)
    assert not NoteVerbale.objects.exists()


def test_a_form_without_a_file_says_what_to_do(client, delegation):
    assert sentences(client.post(page_of(delegation, "note/"))) == ["Choose the file with the note verbale."]


def test_a_new_document_replaces_the_one_before_and_both_are_kept(client, delegation):
    send(client, delegation, PDF, name="first.pdf")
    send(client, delegation, PDF + b"2", name="second.pdf")

    rows = soup(client.get(page_of(delegation))).select("#note li")

    assert [[" ".join(part.text.split()) for part in row.select(".name, .status")] for row in rows] == [
        ["second.pdf", "Current"],
        ["first.pdf", "Replaced"],
    ]


def test_the_same_document_again_is_no_new_version(client, delegation):
    send(client, delegation, PDF)

    assert sentences(send(client, delegation, PDF)) == ["This document has already been received."]
    with pytest.raises(DocumentUnchanged):
        submit_note(delegation, document=Document(file_name="x", content=PDF), actor=FOCAL_POINT, now=NOW)
    assert NoteVerbale.objects.count() == 1


def test_documents_by_one_link_are_limited_by_the_hour(client, delegation, monkeypatch):
    monkeypatch.setitem(MOST_PER_HOUR, Door.NOTE, 1)
    send(client, delegation, PDF)

    [said] = sentences(send(client, delegation, PDF + b"2"))

    assert said.startswith("This was tried very often within an hour.")
    assert NoteVerbale.objects.count() == 1


def test_no_other_delegation_gets_it(client, delegation):
    send(client, delegation, PDF)
    stranger = participants_of(sign_up(a_meeting(), a_person(), entity="CL"))[0].delegation

    assert client.get(page_of(stranger, f"note/{NoteVerbale.objects.get().pk}/")).status_code == 404
    assert client.get(page_of(delegation, f"note/{uuid4()}/")).status_code == 404


def test_a_revoked_link_opens_no_document(client, delegation):
    send(client, delegation, PDF)
    address = page_of(delegation, f"note/{NoteVerbale.objects.get().pk}/")
    Delegation.objects.update(link_version=2)

    assert client.get(address).status_code == 410


def test_an_erased_document_is_listed_and_missing_again(client, delegation):
    send(client, delegation, PDF)
    NoteVerbale.objects.update(erased_at=NOW, content=b"", file_name="")

    assert client.get(page_of(delegation, f"note/{NoteVerbale.objects.get().pk}/")).status_code == 410
    DelegationType.objects.update(note_verbale_required=True)
    section = soup(client.get(page_of(delegation))).select_one("#note")
    assert (section.select_one(".name").text, section.select(".status")) == ("Erased", [])
    assert "still missing" in section.select_one(".notice").text


@pytest.mark.parametrize(
    ("language", "missing"),
    [
        ("en", "The note verbale that accredits the delegation is still missing."),
        ("es", "Aún falta la nota verbal que acredita a la delegación."),
    ],
)
def test_a_type_that_requires_a_note_shows_what_is_missing(client, delegation, language, missing):
    DelegationType.objects.update(note_verbale_required=True)
    notice = soup(client.get(page_of(delegation, language=language))).select_one("#note .notice")
    assert notice.text.strip() == missing

    send(client, delegation, PDF)

    assert soup(client.get(page_of(delegation, language=language))).select("#note .notice") == []


def test_the_answer_to_a_sign_up_asks_for_the_note_where_the_type_requires_one(client):
    submission = sign_up(a_meeting(), a_person())
    answer = f"/en/{submission.delegation.type.meeting.slug}/register/done/{submission_token(submission)}/"
    sentence = "Your delegation has to send a note verbale; its focal point does so on the delegation’s page."
    assert sentence not in soup(client.get(answer)).text

    DelegationType.objects.update(note_verbale_required=True)

    assert sentence in soup(client.get(answer)).text


def test_a_page_that_lists_documents_does_not_read_them(client, delegation):
    send(client, delegation, PDF)

    with CaptureQueriesContext(connection) as captured:
        client.get(page_of(delegation))

    [read] = [query["sql"] for query in captured if "registrations_noteverbale" in query["sql"]]
    assert '"file_name"' in read
    assert '"content"' not in read
