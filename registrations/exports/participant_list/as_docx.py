"""The list of participants as a DOCX with real headings, for secretariats that edit further."""

import io
from collections.abc import Iterable

from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from registrations.exports.participant_list.docx_look import add_styled, dress, lay_out, page_number, repeat_as_header
from registrations.rules.list_content import ListDeparture, ListDocument, ListPerson, ListTable


def as_docx(document: ListDocument) -> bytes:
    """The file, A4, in the document's language."""
    paper = Document()
    dress(paper, language=document["language"], title=f"{document['heading']} – {document['title']}")
    _title_block(paper, document)
    for sentence in filter(None, [*document["attendance"], document["legend"]]):
        paper.add_paragraph(sentence)
    for section in document["sections"]:
        add_styled(paper, "Heading1", section["title"])
        for delegation in section["delegations"]:
            add_styled(paper, "Heading2", delegation["name"])
            _people(paper, delegation["people"])
    _departures(paper, title=document["departures_title"], departures=document["departures"])
    _figures(paper, title=document["figures_title"], tables=document["figures"])
    file = io.BytesIO()
    paper.save(file)
    return file.getvalue()


def _title_block(paper: DocxDocument, document: ListDocument) -> None:
    above = [*document["hosts"], document["title"], document["subtitle"], document["when_and_where"]]
    for text in filter(None, above):
        paragraph = add_styled(paper, "Subtitle" if text == document["title"] else "Normal", text)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    add_styled(paper, "Title", document["heading"])
    paper.add_paragraph(document["edition"]).alignment = WD_ALIGN_PARAGRAPH.CENTER
    footer = paper.sections[0].footer.paragraphs[0]
    footer.add_run(f"{document['heading']}, {document['edition']}\t")
    page_number(footer)


def _people(paper: DocxDocument, people: Iterable[ListPerson]) -> None:
    for person in people:
        paragraph = add_styled(paper, "List")
        paragraph.add_run(person["name"]).bold = True
        if person["function"]:
            paragraph.add_run(", ")
            paragraph.add_run(person["function"]).italic = True
        if person["mark"]:
            paragraph.add_run(f" [{person['mark']}]").bold = True
        answers = [answer["line"] for answer in person.get("answers", ())]
        for line in filter(None, [person["position"], " · ".join(person["contacts"]), *answers]):
            _on_a_new_line(paragraph, line)


def _on_a_new_line(paragraph: Paragraph, text: str) -> None:
    paragraph.add_run().add_break()
    paragraph.add_run(text)


def _departures(paper: DocxDocument, *, title: str, departures: Iterable[ListDeparture]) -> None:
    for number, person in enumerate(departures):
        if number == 0:
            add_styled(paper, "Heading1", title)
        add_styled(paper, "List", f"{person['name']} ({person['delegation']})" if person["delegation"] else person["name"])


def _figures(paper: DocxDocument, *, title: str, tables: Iterable[ListTable]) -> None:
    add_styled(paper, "Heading1", title).paragraph_format.page_break_before = True
    for data in tables:
        add_styled(paper, "Heading2", data["title"])
        table = paper.add_table(rows=0, cols=len(data["headers"]), style="Light Shading")
        repeat_as_header(_row(table.add_row().cells, data["headers"], is_bold=True))
        last = len(data["rows"]) - 1
        for number, row in enumerate(data["rows"]):
            _row(table.add_row().cells, row, is_bold=data["has_total"] and number == last)
        lay_out(table)


def _row(cells: tuple[_Cell, ...], texts: list[str], *, is_bold: bool) -> tuple[_Cell, ...]:
    for index, (cell, text) in enumerate(zip(cells, texts, strict=True)):
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(2)
        paragraph.add_run(text).bold = is_bold
        if index:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    return cells
