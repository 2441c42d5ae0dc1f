"""Lists of people as they are sent in at the desk."""

import io
from collections.abc import Sequence

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from openpyxl import Workbook

from registrations.models import Meeting, UploadedList
from registrations.rules.names import name_key
from tests.desk_rows import PARTICIPANTS
from tests.web_form import soup

IMPORT = f"{PARTICIPANTS}import/"
HEADINGS = ("Estado u organización", "Tipo de delegación", "Nombre", "Apellidos", "Cargo", "Correo electrónico")
Row = Sequence[str]


def a_row(
    name: str = "Núñez", *, of: str = "Perú", kind: str = "geneva_mission", email: str = "", given: str = "Ana", position: str = "Ministra"
) -> Row:
    return [of, kind, given, name, position, email or f"{name_key(name)}@example.org"]


def as_csv(*rows: Row, headings: Row = HEADINGS, encoding: str = "utf-8") -> bytes:
    return "\n".join(";".join(row) for row in [headings, *rows]).encode(encoding)


def as_workbook(*rows: Row, headings: Row = HEADINGS) -> bytes:
    book, file = Workbook(), io.BytesIO()
    for row in [headings, *rows]:
        book.active.append(list(row))
    book.save(file)
    return file.getvalue()


def uploaded(desk: Client, meeting: Meeting, content: bytes, *, name: str = "lista.csv", **fields: str) -> HttpResponse:
    return desk.post(IMPORT, {"meeting": meeting.pk, "file": SimpleUploadedFile(name, content), **fields})


def mapped(desk: Client, meeting: Meeting, content: bytes, *, name: str = "lista.csv", **fields: object) -> UploadedList:
    """The list after both first pages, with what the page offers for each column but for the `fields` given."""
    answer = uploaded(desk, meeting, content, name=name)
    page = soup(desk.get(answer.url))
    values = {select["name"]: (select.select_one("option[selected]") or {"value": ""})["value"] for select in page.select("#content-main select")}
    answer = desk.post(answer.url, values | fields)
    assert answer.status_code == 302
    return UploadedList.objects.latest("pk")


def looked_at(desk: Client, listed: UploadedList) -> HttpResponse:
    return desk.get(f"{IMPORT}{listed.pk}/look/")


def taken_in(desk: Client, listed: UploadedList, take: str = "all", **fields: str) -> HttpResponse:
    seen = looked_at(desk, listed).context["report"].fingerprint
    return desk.post(f"{IMPORT}{listed.pk}/look/", {"take": take, "seen": seen, "consent": "on", **fields}, follow=True)
