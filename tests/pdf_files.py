"""PDF files as pypdf reads them; typst, which writes ours, has no part in it."""

import io
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject


def opened(file: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(file), strict=True)


def text_of(file: bytes) -> str:
    """The words of all pages in their order, one space between them whatever the lines."""
    return " ".join(" ".join(page.extract_text() for page in opened(file).pages).split())


def headings_of(file: bytes) -> list[tuple[str, str]]:
    """E.g. [("H1", "Dialogue"), ("H2", "First session")], from the structure tree, in reading order."""
    tree = opened(file).trailer["/Root"]["/StructTreeRoot"]
    return [(element["/S"][1:], element["/T"]) for element in _elements(tree["/K"]) if element["/S"][1:2] == "H"]


def languages_in(file: bytes) -> set[str]:
    """The languages that parts of the text are marked with, other than the document's own."""
    reader = opened(file)
    marked = {element["/Lang"] for element in _elements(reader.trailer["/Root"]["/StructTreeRoot"]["/K"]) if "/Lang" in element}
    return marked - {reader.trailer["/Root"]["/Lang"]}


def _elements(node: Any) -> Iterator[DictionaryObject]:
    node = node.get_object()
    if isinstance(node, ArrayObject):
        for child in node:
            yield from _elements(child)
    elif isinstance(node, DictionaryObject) and "/S" in node:
        yield node
        yield from _elements(node.get("/K", ArrayObject()))
