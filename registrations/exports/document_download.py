"""A note verbale, an attachment of a letter, or files that answer questions, as a download."""

import io
from typing import IO

from csp.constants import NONE
from csp.decorators import csp
from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from registrations.models import AnswerDocument, LetterAttachment, NoteVerbale

_sandboxed = csp({"default-src": [NONE], "sandbox": True})


def note_download(request: HttpRequest, note: NoteVerbale) -> HttpResponseBase:
    """The file to be saved, never to be shown as a page; 410 for one that was erased."""
    if note.erased_at:
        return render(request, "registrations/note_erased.html", status=410)
    return _sandboxed(lambda _request: _file(note))(request)


def document_download(request: HttpRequest, document: LetterAttachment | AnswerDocument) -> HttpResponseBase:
    """The file to be saved, never to be shown as a page."""
    return _sandboxed(lambda _request: _file(document))(request)


def archive_download(request: HttpRequest, archive: IO[bytes], *, name: str) -> HttpResponseBase:
    """A ZIP of such files, sent as it is read and closed at the end."""
    return _sandboxed(lambda _request: _uncached(FileResponse(archive, as_attachment=True, filename=name, content_type="application/zip")))(request)


def _file(document: NoteVerbale | LetterAttachment | AnswerDocument) -> HttpResponseBase:
    content = io.BytesIO(bytes(document.content))
    return _uncached(FileResponse(content, as_attachment=True, filename=document.file_name, content_type=document.content_type))


def _uncached(response: FileResponse) -> FileResponse:
    response["Cache-Control"] = "private, no-store"
    return response
