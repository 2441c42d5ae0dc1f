"""How the programme reaches readers: statements, renderings, conditional requests, weight."""

import gzip

import pytest
import time_machine
from django.utils import timezone

from registrations.models import ProgrammeItem
from registrations.operations.touch_programme import touch_programme
from tests.dialogue import BEFORE, load_dialogue

pytestmark = pytest.mark.django_db
PAGE = "/en/mine-free-americas/"
FILE = "/es/mine-free-americas/programme.ics"
PDF = "/es/mine-free-americas/programme.pdf"


@pytest.fixture(autouse=True)
def _three_weeks_before():
    with time_machine.travel(BEFORE):
        yield


@pytest.fixture
def dialogue():
    return load_dialogue()


def longer(file):
    items = file["sessions"][0]["items"]
    for order in range(10, 20):
        items.append(dict(items[0], order=order))


@pytest.mark.parametrize("change", [lambda file: None, longer])
def test_a_page_is_rendered_in_nine_statements_whatever_its_length(client, change, django_assert_num_queries):
    load_dialogue(change=change)

    with django_assert_num_queries(9):
        client.get(PAGE)


@pytest.mark.parametrize("path", [PAGE, "/es/mine-free-americas/", FILE, PDF, PDF + "?paper=letter"])
def test_a_page_that_was_rendered_before_takes_one_statement(client, dialogue, path, django_assert_num_queries):
    first = client.get(path).content

    with django_assert_num_queries(1):
        assert client.get(path).content == first


def test_each_language_has_its_own_rendering(client, dialogue):
    client.get(PAGE)

    assert b"Diplom" not in client.get("/es/mine-free-americas/").content
    assert "miércoles 10 de febrero" in client.get("/es/mine-free-americas/").content.decode()


def test_a_change_is_shown_as_soon_as_the_version_is_raised(client, dialogue):
    client.get(PAGE)
    ProgrammeItem.objects.filter(order=1).update(title_en="Solemn opening")

    touch_programme(dialogue, now=timezone.now())

    assert b"Solemn opening" in client.get(PAGE).content


def test_the_query_string_does_not_reach_the_rendering(client, dialogue):
    client.get(PAGE + "?campaign=letter")

    assert b"campaign" not in client.get(PAGE).content


# --- conditional requests (RFC 9110 13) ---------------------------------------------------------------------------------
@pytest.mark.parametrize("path", [PAGE, FILE, PDF])
def test_a_reader_who_has_the_bytes_gets_304(client, dialogue, path):
    first = client.get(path)

    again = client.get(path, headers={"if-none-match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]


@pytest.mark.parametrize("path", [PAGE, FILE, PDF])
def test_a_reader_who_has_the_compressed_bytes_gets_304_too(client, dialogue, path):
    first = client.get(path, headers={"accept-encoding": "gzip"})
    assert (first["Content-Encoding"], first["ETag"][:2]) == ("gzip", "W/")

    assert client.get(path, headers={"accept-encoding": "gzip", "if-none-match": first["ETag"]}).status_code == 304


@pytest.mark.parametrize("path", [PAGE, FILE, PDF])
def test_a_changed_meeting_has_another_etag(client, dialogue, path):
    first = client.get(path)["ETag"]
    ProgrammeItem.objects.filter(order=1).update(title_en="Solemn opening", title_es="Apertura solemne")
    touch_programme(dialogue, now=timezone.now())

    response = client.get(path, headers={"if-none-match": first})

    assert response.status_code == 200
    assert response["ETag"] != first


@pytest.mark.parametrize("path", [PAGE, FILE, PDF])
def test_head_tells_what_get_would_send(client, dialogue, path):
    got, headed = client.get(path), client.head(path)

    assert headed.content == b""
    assert {name: headed[name] for name in ("ETag", "Content-Type", "Content-Length")} == {
        name: got[name] for name in ("ETag", "Content-Type", "Content-Length")
    }


# --- the calendar -------------------------------------------------------------------------------------------------------
def test_the_calendar_is_sent_as_such(client, dialogue):
    response = client.get(FILE)

    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Cache-Control"] == "public, max-age=300"
    assert response["Last-Modified"] == "Wed, 20 Jan 2027 10:00:00 GMT"
    assert response.content.startswith(b"BEGIN:VCALENDAR\r\n")
    assert response.content.count(b"BEGIN:VEVENT") == 2
    assert not response.has_header("Set-Cookie")


def test_the_calendar_answers_by_date_too(client, dialogue):
    assert client.get(FILE, headers={"if-modified-since": "Wed, 20 Jan 2027 10:00:00 GMT"}).status_code == 304
    assert client.get(FILE, headers={"if-modified-since": "Wed, 20 Jan 2027 09:59:59 GMT"}).status_code == 200


def test_the_calendar_says_nothing_of_how_to_join(client, dialogue):
    assert dialogue.join_url
    assert b"meet.example.org" not in client.get(FILE).content
    assert b"meet.example.org" not in client.get(PAGE).content


# --- the programme to print -------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/en/mine-free-americas/programme.pdf", "mine-free-americas-programme-a4.pdf"),
        ("/en/mine-free-americas/programme.pdf?paper=letter", "mine-free-americas-programme-letter.pdf"),
        (PDF, "mine-free-americas-programa-a4.pdf"),
    ],
)
def test_the_pdf_is_sent_as_such(client, dialogue, path, name):
    response = client.get(path)

    assert response.content.startswith(b"%PDF-1.7")
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == f'inline; filename="{name}"'
    assert response["Cache-Control"] == "public, max-age=300"
    assert response["Last-Modified"] == "Wed, 20 Jan 2027 10:00:00 GMT"
    assert not response.has_header("Set-Cookie")


@pytest.mark.parametrize("change", [lambda file: None, longer])
def test_the_pdf_is_set_in_six_statements_whatever_its_length(client, change, django_assert_num_queries):
    load_dialogue(change=change)

    with django_assert_num_queries(6):
        client.get(PDF)


def test_each_language_and_paper_has_its_own_pdf(client, dialogue):
    paths = [f"/{language}/mine-free-americas/programme.pdf?paper={paper}" for language in ("en", "es") for paper in ("a4", "letter")]

    assert len({client.get(path)["ETag"] for path in paths}) == 4
    assert client.get(PDF).content == client.get(f"{PDF}?paper=a4").content


def test_there_is_no_other_paper(client, dialogue):
    assert client.get(f"{PDF}?paper=a3").status_code == 404


# --- weight -------------------------------------------------------------------------------------------------------------
def test_the_page_travels_in_under_six_kilobytes(client, dialogue):
    response = client.get(PAGE, headers={"accept-encoding": "gzip"})

    assert len(response.content) < 6_000
    assert gzip.decompress(response.content).endswith(b"</html>\n")
