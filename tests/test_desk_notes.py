"""Notes verbales at the organizers' desk."""

from datetime import datetime

import pytest
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from registrations.details import FOCAL_POINT, Document
from registrations.models import Delegation, DelegationType, NoteVerbale
from registrations.operations.submit_note import submit_note
from tests.documents import PDF, WITH_MACROS
from tests.make import NOW, a_meeting, a_participant, a_person, participants_of, sign_up
from tests.web_form import soup

pytestmark = pytest.mark.django_db
LIST = "/admin/registrations/delegation/"


@pytest.fixture
def delegation() -> Delegation:
    return a_participant(a_meeting()).delegation


def page_of(delegation: Delegation, rest: str = "change/") -> str:
    return f"{LIST}{delegation.pk}/{rest}"


def with_note(delegation: Delegation, content: bytes = PDF, *, now: datetime = NOW) -> NoteVerbale:
    return submit_note(delegation, document=Document(file_name="Nota 5.pdf", content=content), actor=FOCAL_POINT, now=now)


def rows(page) -> list[list[str]]:
    return [[" ".join(cell.text.split()) for cell in row.select("th, td")] for row in page.select("[aria-labelledby=notes-heading] tbody tr")]


def test_the_organizer_sees_every_version_beside_the_people(admin_client, delegation):
    with_note(delegation)
    with_note(delegation, PDF + b"2", now=NOW.replace(hour=12))

    assert rows(soup(admin_client.get(page_of(delegation)))) == [
        ["Nota 5.pdf", "20 January 2027, 13:00 (GMT+1)", "the focal point", f"{len(PDF) + 1} bytes"],
        ["Nota 5.pdf (replaced)", "20 January 2027, 11:00 (GMT+1)", "the focal point", f"{len(PDF)} bytes"],
    ]


def test_the_document_is_handed_out_as_a_file(admin_client, delegation):
    note = with_note(delegation)

    response = admin_client.get(page_of(delegation, f"note/{note.pk}/"))

    assert b"".join(response.streaming_content) == PDF
    assert response["Content-Disposition"] == 'attachment; filename="Nota 5.pdf"'
    assert set(response["Content-Security-Policy"].split("; ")) == {"sandbox", "default-src 'none'"}


def test_a_document_is_not_found_under_another_delegation(admin_client, delegation):
    note = with_note(delegation)
    stranger = participants_of(sign_up(delegation.type.meeting, a_person(), entity="CL"))[0].delegation

    assert admin_client.get(page_of(stranger, f"note/{note.pk}/")).status_code == 404


def test_nobody_reads_it_without_the_right(client, delegation):
    note = with_note(delegation)
    address = page_of(delegation, f"note/{note.pk}/")
    assert client.get(address).status_code == 302

    someone = User.objects.create_user("someone", password="x", is_staff=True)
    client.force_login(someone)
    assert client.get(address).status_code == 403
    someone.user_permissions.add(Permission.objects.get(codename="view_delegation"))
    client.force_login(User.objects.get(pk=someone.pk))
    assert client.get(address).status_code == 200
    assert client.post(page_of(delegation, "note/"), {"document": SimpleUploadedFile("x", PDF + b"3")}).status_code == 403


def test_the_desk_keeps_a_note_that_came_by_mail(admin_client, delegation, admin_user):
    response = admin_client.post(page_of(delegation, "note/"), {"document": SimpleUploadedFile("nota.pdf", PDF)}, follow=True)

    assert [str(message) for message in response.context["messages"]] == ["The note verbale has been kept."]
    assert NoteVerbale.objects.get().uploaded_by == admin_user.username


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (WITH_MACROS, "The file contains macros. Save it as a PDF or as a document without macros (.docx)."),
        (None, "Choose the file with the note verbale."),
    ],
)
def test_the_desk_is_told_what_is_not_taken(admin_client, delegation, content, sentence):
    data = {"document": SimpleUploadedFile("nota.docx", content)} if content else {}

    response = admin_client.post(page_of(delegation, "note/"), data, follow=True)

    assert [str(message) for message in response.context["messages"]] == [sentence]
    assert not NoteVerbale.objects.exists()


def test_the_list_says_where_a_note_is_missing_and_is_narrowed_to_it(admin_client, delegation):
    meeting = delegation.type.meeting
    with_note(delegation)
    participants_of(sign_up(meeting, a_person(), entity="CL"))
    participants_of(sign_up(meeting, a_person(), type_code="organization", entity="", organization="Red"))
    DelegationType.objects.filter(code="geneva_mission").update(note_verbale_required=True)

    def notes(query: str = "") -> list[str]:
        return [cell.text for cell in soup(admin_client.get(LIST + query)).select(".field-note")]

    assert sorted(notes()) == ["missing", "received", "–"]
    assert notes("?note=missing") == ["missing"]
    assert notes("?note=received") == ["received"]
    assert "still missing" in admin_client.get(page_of(meeting.delegation_types.get(code="geneva_mission").delegations.last())).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_reads_no_document_and_takes_the_same_statements(admin_client, count):
    meeting = a_meeting()
    for code in ("PE", "CL", "EC")[:count]:
        with_note(participants_of(sign_up(meeting, a_person(), entity=code))[0].delegation, PDF + code.encode())

    with CaptureQueriesContext(connection) as captured:
        admin_client.get(LIST)

    assert len(captured) == 7
    assert not any('"content"' in query["sql"] for query in captured)


def test_a_list_without_any_rights_is_closed():
    assert Client().get(LIST).status_code == 302
