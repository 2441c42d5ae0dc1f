"""Paper, styles and language of a DOCX, beyond what python-docx has a name for."""

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

_LOCALES = {"en": "en-GB", "es": "es-ES"}
_FONT = "Cambria"
_WIDTH, _AT_THE_SIDES = Mm(210), Mm(22)
_NUMBER = Mm(32)
_INK = RGBColor(0x0B, 0x3A, 0x5E)
_SIZES = {"Normal": 10.5, "List": 10.5, "Title": 18, "Subtitle": 15, "Heading 1": 13, "Heading 2": 11, "Footer": 8.5}


def dress(paper: Document, *, language: str, title: str) -> None:
    """A4 with margins, the house's look for each style in use, the language of the text, title and language of the file."""
    section = paper.sections[0]
    section.page_width, section.page_height = _WIDTH, Mm(297)
    section.left_margin = section.right_margin = _AT_THE_SIDES
    section.top_margin = section.bottom_margin = Mm(20)
    section.footer_distance = Mm(10)
    for name, size in _SIZES.items():
        _dress_style(paper.styles[name], size=size)
    _keep_people_together(paper.styles["List"])
    _one_tab_at_the_right(paper.styles["Footer"], position=_WIDTH - 2 * _AT_THE_SIDES)
    paper.styles["Title"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _speak(paper, locale=_LOCALES[language])
    properties = paper.core_properties
    properties.title, properties.language, properties.author, properties.comments = title, language, "", ""


def add_styled(paper: Document, style_id: str, text: str = "") -> Paragraph:
    """A new last paragraph in the style. By its id, because python-docx reads through all styles for a name: a second for 500 lines."""
    paragraph = paper.add_paragraph(text)
    paragraph._p.style = style_id
    return paragraph


def page_number(paragraph: Paragraph) -> None:
    """Add the field that shows the number of the page."""
    for kind in ("begin", "PAGE", "end"):
        run = paragraph.add_run()._r
        if kind == "PAGE":
            text = OxmlElement("w:instrText")
            text.text = kind
            run.append(text)
        else:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run.append(mark)


def repeat_as_header(cells: tuple[_Cell, ...]) -> None:
    """Say that these cells are the header of their table, which each page repeats."""
    cells[0]._tc.getparent().get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def lay_out(table: Table) -> None:
    """Room for the words of the first column, what follows are numbers; rows on white."""
    numbers = len(table.columns) - 1
    table.autofit = False
    for column, width in zip(table.columns, [_WIDTH - 2 * _AT_THE_SIDES - numbers * _NUMBER, *[_NUMBER] * numbers], strict=True):
        column.width = Length(width)
        for cell in column.cells:
            cell.width = Length(width)
    for look in table._tbl.tblPr.findall(qn("w:tblLook")):
        look.set(qn("w:noHBand"), "1")
        look.set(qn("w:val"), "0620")


def _dress_style(style: ParagraphStyle, *, size: float) -> None:
    style.font.size = Pt(size)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in [name for name in fonts.attrib if "Theme" in name]:
        del fonts.attrib[name]
    for name in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{name}"), _FONT)
    if style.name.startswith(("Heading", "Title", "Subtitle")):
        style.font.color.rgb, style.font.italic = _INK, False


def _keep_people_together(style: ParagraphStyle) -> None:
    for unspaced in style.element.xpath("w:pPr/w:contextualSpacing"):
        unspaced.getparent().remove(unspaced)
    style.paragraph_format.keep_together = True
    style.paragraph_format.left_indent = Mm(5)
    style.paragraph_format.first_line_indent = Mm(0)
    style.paragraph_format.space_after = Pt(5)


def _one_tab_at_the_right(style: ParagraphStyle, *, position: int) -> None:
    """A long name of the document would take a tab in the middle, and the number of the page a second line."""
    stops = style.paragraph_format.tab_stops
    stops.clear_all()
    stops.add_tab_stop(Length(position), WD_TAB_ALIGNMENT.RIGHT)


def _speak(paper: Document, *, locale: str) -> None:
    """The language of all text that does not name another one."""
    defaults = paper.styles.element.xpath("w:docDefaults/w:rPrDefault/w:rPr")[0]
    for former in defaults.findall(qn("w:lang")):
        defaults.remove(former)
    spoken = OxmlElement("w:lang")
    spoken.set(qn("w:val"), locale)
    defaults.append(spoken)
