"""The QR code of the programme page, module by module."""

import re

import pytest
import segno
import time_machine
from bs4 import BeautifulSoup

from registrations.exports.qr_code import qr_code
from tests.dialogue import BEFORE, load_dialogue

pytestmark = pytest.mark.django_db
QUIET_ZONE = 4


@pytest.fixture(autouse=True)
def _three_weeks_before():
    with time_machine.travel(BEFORE):
        yield


@pytest.fixture
def dialogue():
    return load_dialogue()


def modules_of(image: bytes) -> list[list[int]]:
    """What the image draws, 1 for a dark module, the quiet zone included."""
    paper, ink = BeautifulSoup(image, "xml").find_all("path")
    size = int(re.fullmatch(r"M0 0h([\d.]+)v\1h-\1z", paper["d"])[1].partition(".")[0])
    grid = [[0] * size for _ in range(size)]
    x = y = 0.0
    for command, first, second in re.findall(r"([Mmh])(-?[\d.]+)(?: (-?[\d.]+))?", ink["d"]):
        if command == "h":
            grid[int(y)][int(x) : int(x) + int(first)] = [1] * int(first)
            x += float(first)
        else:
            x, y = (float(first), float(second)) if command == "M" else (x + float(first), y + float(second))
    return grid


def framed(matrix) -> list[list[int]]:
    """The modules with the quiet zone around them."""
    side = [0] * QUIET_ZONE
    rows = [[*side, *map(int, row), *side] for row in matrix]
    blank = [[0] * len(rows[0])] * QUIET_ZONE
    return [*blank, *rows, *blank]


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_code_is_the_address_of_the_page_in_its_language(client, dialogue, language):
    address = f"http://localhost/{language}/mine-free-americas/"

    image = client.get(f"/{language}/mine-free-americas/qr.svg").content

    assert modules_of(image) == framed(segno.make_qr(address, error="m", boost_error=False).matrix)


def test_the_error_correction_is_m():
    """The first two modules of the format information beside the upper left corner, unmasked (ISO/IEC 18004 7.9)."""
    modules = modules_of(qr_code("https://meetings.example.org/en/a/", title=""))

    row = modules[QUIET_ZONE + 8]
    assert (row[QUIET_ZONE] ^ 1, row[QUIET_ZONE + 1] ^ 0) == (0, 0)


def test_the_code_is_black_on_white():
    paper, ink = BeautifulSoup(qr_code("https://meetings.example.org/", title=""), "xml").find_all("path")

    assert (paper["fill"], ink["stroke"]) == ("#fff", "#000")


def test_the_image_says_what_it_is(client, dialogue):
    image = BeautifulSoup(client.get("/es/mine-free-americas/qr.svg").content, "xml")

    assert image.svg.title.string == "Código QR de http://localhost/es/mine-free-americas/"


def test_the_image_is_sent_as_such(client, dialogue):
    response = client.get("/es/mine-free-americas/qr.svg")

    assert response["Content-Type"] == "image/svg+xml"
    assert response["Content-Disposition"] == 'inline; filename="mine-free-americas-qr-es.svg"'
    assert response["Cache-Control"] == "public, max-age=86400"
    assert not response.has_header("Set-Cookie")
    assert client.get("/es/mine-free-americas/qr.svg", headers={"if-none-match": response["ETag"]}).status_code == 304


@pytest.mark.parametrize("sessions", [1, 3])
def test_the_image_takes_one_statement(client, sessions, django_assert_num_queries):
    load_dialogue(change=lambda file: file.update(sessions=[dict(file["sessions"][0], number=number) for number in range(1, sessions + 1)]))

    with django_assert_num_queries(1):
        client.get("/en/mine-free-americas/qr.svg")


def test_a_meeting_that_is_not_published_has_none(client, dialogue):
    dialogue.is_published = False
    dialogue.save(update_fields=["is_published"])

    assert client.get("/en/mine-free-americas/qr.svg").status_code == 404


def test_the_page_shows_the_code_and_the_address_in_full(client, dialogue):
    share = BeautifulSoup(client.get("/es/mine-free-americas/").content, "html.parser").select_one("details.share")

    assert (share.summary.string, share.has_attr("open")) == ("Compartir", False)
    assert (share.img["src"], share.img["alt"]) == ("/es/mine-free-americas/qr.svg", "Código QR de http://localhost/es/mine-free-americas/")
    assert share.select_one("a.address").string == "http://localhost/es/mine-free-americas/"
    assert share.select_one("a[download]")["href"] == "/es/mine-free-americas/qr.svg"
