"""A note verbale as a download."""

import io

from csp.constants import NONE
from csp.decorators import csp
from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from registrations.models import NoteVerbale

_sandboxed = csp({"default-src": [NONE], "sandbox": True})


def note_download(request: HttpRequest, note: NoteVerbale) -> HttpResponseBase:
    """The file to be saved, never to be shown as a page; 410 for one that was erased."""
    if note.erased_at:
        return render(request, "registrations/note_erased.html", status=410)
    return _sandboxed(lambda _request: _file(note))(request)


def _file(note: NoteVerbale) -> HttpResponseBase:
    response = FileResponse(io.BytesIO(bytes(note.content)), as_attachment=True, filename=note.file_name, content_type=note.content_type)
    response["Cache-Control"] = "private, no-store"
    return response
