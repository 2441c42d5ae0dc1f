"""The renderings as answers to a browser."""

from collections.abc import Callable

from django.http import HttpResponse

from registrations.exports.participant_list.as_docx import as_docx
from registrations.exports.participant_list.as_html import as_html
from registrations.exports.participant_list.as_pdf import as_pdf
from registrations.rules.list_content import ListDocument

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_RENDERINGS: dict[str, tuple[Callable[[ListDocument], bytes | str], str]] = {
    "html": (as_html, "text/html; charset=utf-8"),
    "docx": (as_docx, _WORD),
    "pdf": (as_pdf, "application/pdf"),
}
FORMATS = tuple(_RENDERINGS)


def list_download(document: ListDocument, *, form: str, name: str) -> HttpResponse:
    """The document as "html", to be looked at, or as "docx" or "pdf", to be saved as "<name>-<language>.<form>"; nobody caches it."""
    render, content_type = _RENDERINGS[form]
    answer = HttpResponse(render(document), content_type=content_type)
    answer["Cache-Control"] = "private, no-store"
    if form != "html":
        answer["Content-Disposition"] = f'attachment; filename="{name}-{document["language"]}.{form}"'
    return answer
