"""The three renderings of the list of participants, read back."""

import io
import re
from collections.abc import Iterator
from typing import Any

import docx
import pytest
from bs4 import BeautifulSoup
from docx.oxml.ns import qn
from docx.shared import Mm
from pypdf import PdfReader

from registrations.enums import ListKind
from registrations.exports.participant_list.as_docx import as_docx
from registrations.exports.participant_list.as_html import as_html
from registrations.exports.participant_list.as_pdf import as_pdf
from registrations.rules.list_content import ListDocument
from tests.make import a_meeting, a_participant
from tests.participant_lists import a_full_meeting, everybody_on, listed

pytestmark = pytest.mark.django_db
LANGUAGES = ["en", "es"]
NASTY = '*#[x]* $y$ <b>_z_</b> @w "q" \\ // `code`'


def a_document(language: str, **options: Any) -> ListDocument:
    return listed(a_full_meeting(), **{"kind": ListKind.FINAL, "has_emails": True, "has_phones": True} | options)[language]


def a_marked_document(language: str) -> ListDocument:
    """One with everything that only a revision has."""
    document = a_document(language)
    everybody_on(document)[0]["mark"] = "new"
    gone = {"key": "1", "name": "Sr. Juan IDO", "delegation": "Perú"}
    return document | {"legend": "Changes are marked.", "departures_title": "Gone", "departures": [gone]}


def texts_of(document: ListDocument) -> Iterator[str]:
    """Every text of the document, in the order of the paper."""
    yield from document["hosts"]
    yield from (document["title"], document["subtitle"], document["when_and_where"], document["heading"], document["edition"])
    yield from (*document["attendance"], *filter(None, [document["legend"]]))
    for section in document["sections"]:
        yield section["title"]
        for delegation in section["delegations"]:
            yield delegation["name"]
            for person in delegation["people"]:
                yield person["name"] + (f", {person['function']}" if person["function"] else "") + (f" [{person['mark']}]" if person["mark"] else "")
                yield from filter(None, [person["position"], " · ".join(person["contacts"])])
    if document["departures"]:
        yield from (document["departures_title"], *(f"{gone['name']} ({gone['delegation']})" for gone in document["departures"]))
    yield document["figures_title"]
    for table in document["figures"]:
        yield from (table["title"], *table["headers"], *(cell for row in table["rows"] for cell in row))


def spoken(texts: Iterator[str] | list[str]) -> str:
    return " ".join(" ".join(texts).split())


# --- DOCX ---------------------------------------------------------------------------------------------------------------
def read_docx(content: bytes) -> Any:
    return docx.Document(io.BytesIO(content))


def texts_of_docx(paper: Any) -> Iterator[str]:
    for block in paper.iter_inner_content():
        if isinstance(block, docx.table.Table):
            yield from (cell.text for row in block.rows for cell in row.cells)
        else:
            yield block.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_docx_says_all_of_it_in_order(language):
    document = a_marked_document(language)

    assert spoken(texts_of_docx(read_docx(as_docx(document)))) == spoken(texts_of(document))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_docx_has_real_headings(language):
    document = a_document(language)

    paper = read_docx(as_docx(document))

    headings = [(block.style.name, block.text) for block in paper.paragraphs if block.style.name.startswith(("Title", "Heading"))]
    expected = [("Title", document["heading"])]
    for section in document["sections"]:
        expected += [("Heading 1", section["title"]), *(("Heading 2", delegation["name"]) for delegation in section["delegations"])]
    assert headings[: len(expected)] == expected
    assert headings[len(expected)] == ("Heading 1", document["figures_title"])


@pytest.mark.parametrize(("language", "locale"), [("en", "en-GB"), ("es", "es-ES")])
def test_the_docx_is_a4_and_knows_its_language(language, locale):
    paper = read_docx(as_docx(a_document(language)))

    section = paper.sections[0]
    [spoken_in] = paper.styles.element.xpath("w:docDefaults/w:rPrDefault/w:rPr/w:lang")
    assert (round(section.page_width / Mm(1)), round(section.page_height / Mm(1))) == (210, 297)
    assert (spoken_in.get(qn("w:val")), paper.core_properties.language, paper.core_properties.author) == (locale, language, "")
    assert paper.core_properties.title.startswith("Final list" if language == "en" else "Lista definitiva")


def test_the_docx_keeps_a_person_in_one_paragraph_with_the_name_in_bold():
    document = a_document("es")

    lines = [block for block in read_docx(as_docx(document)).paragraphs if block.style.name == "List"]

    assert [(line.runs[0].text, line.runs[0].bold) for line in lines] == [(person["name"], True) for person in everybody_on(document)]
    assert all("\n" in line.text for line in lines)


def test_each_table_of_the_docx_repeats_its_header():
    tables = read_docx(as_docx(a_document("en"))).tables

    assert [len(table.rows[0]._tr.xpath("w:trPr/w:tblHeader")) for table in tables] == [1, 1, 1]


# --- PDF ----------------------------------------------------------------------------------------------------------------
def read_pdf(content: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(content))


def text_of_pdf(reader: PdfReader) -> str:
    """Without the footer, hyphenated by nobody."""
    pages = [re.sub(r"[^\n]* \d+ / \d+\s*$", "", page.extract_text().rstrip()) for page in reader.pages]
    return spoken(pages)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pdf_says_all_of_it(language):
    document = a_marked_document(language)

    text = text_of_pdf(read_pdf(as_pdf(document))).replace(" ", "")

    missing = [each for each in texts_of(document) if each.replace(" ", "") not in text]
    assert missing == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pdf_is_tagged_and_says_title_and_language(language):
    document = a_document(language)

    reader = read_pdf(as_pdf(document))

    root = reader.trailer["/Root"]
    assert (root["/Lang"], bool(root["/MarkInfo"]["/Marked"]), bool(root["/ViewerPreferences"]["/DisplayDocTitle"])) == (language, True, True)
    assert reader.metadata.title == f"{document['heading']} – {document['title']}"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    assert [round(float(side)) for side in reader.pages[0].mediabox[2:]] == [595, 842]


def test_the_outline_of_the_pdf_is_the_outline_of_the_list():
    document = a_document("es")

    outline = read_pdf(as_pdf(document)).outline

    [top, sections] = [outline[0].title, outline[1]]
    assert top == document["heading"]
    assert [entry.title for entry in sections if not isinstance(entry, list)] == [
        *(section["title"] for section in document["sections"]),
        document["figures_title"],
    ]


def test_the_pdf_has_only_fonts_that_come_with_the_product_and_the_same_bytes_again():
    document = a_document("en")

    first, second = as_pdf(document), as_pdf(document)

    fonts = {font["/BaseFont"].split("+")[1] for page in read_pdf(first).pages for font in page["/Resources"]["/Font"].values()}
    assert first == second
    assert all(font.startswith(("SourceSans3", "SourceSerif4")) for font in fonts)


def test_a_name_that_typsts_fonts_cannot_show_does_not_stop_the_paper():
    document = a_document("en")
    everybody_on(document)[0]["name"] = "李明"

    assert len(read_pdf(as_pdf(document)).pages) > 1


# --- the page -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_all_of_it_in_order(language):
    document = a_marked_document(language)

    page = BeautifulSoup(as_html(document), "html.parser")

    said = spoken(page.body.get_text(" ").split()).replace(" ,", ",").replace("( ", "(")
    assert said == spoken(texts_of(document))
    assert (page.html["lang"], page.title.text) == (language, f"{document['heading']} – {document['title']}")


def test_the_page_has_one_outline():
    document = a_document("en")

    headings = [(tag.name, tag.text) for tag in BeautifulSoup(as_html(document), "html.parser").find_all(["h1", "h2", "h3"])]

    assert headings[:3] == [("h1", "Final list of participants"), ("h2", "Organizers"), ("h3", "Organization of American States")]
    assert headings[-1] == ("h2", "Participation in figures")


# --- all three ----------------------------------------------------------------------------------------------------------
def test_typed_text_is_never_markup():
    meeting = a_meeting(title_en=NASTY)
    a_participant(meeting, given_names=NASTY, position=NASTY)
    document = listed(meeting)["en"]

    page = BeautifulSoup(as_html(document), "html.parser")
    paper, reader = read_docx(as_docx(document)), read_pdf(as_pdf(document))

    assert page.select_one("li strong").text == f"Sra. {NASTY} MUÑOZ PEÑA"
    assert f"Sra. {NASTY} MUÑOZ PEÑA, Head of delegation\n{NASTY}" in [block.text for block in paper.paragraphs]
    assert text_of_pdf(reader).replace(" ", "").count(NASTY.replace(" ", "")) == 3
    assert NASTY in reader.metadata.title


def test_a_list_of_nobody_is_a_paper_all_the_same():
    document = listed(a_meeting())["es"]

    assert "Lista provisional de participantes" in as_html(document)
    assert read_docx(as_docx(document)).paragraphs[-1].text == "Por sesión"
    assert "Lista provisional de participantes" in text_of_pdf(read_pdf(as_pdf(document)))
