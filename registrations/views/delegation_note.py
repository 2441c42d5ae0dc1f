"""The delegation's note verbale: sent in, replaced, and handed out to its focal point."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from registrations.details import FOCAL_POINT
from registrations.errors import DomainError
from registrations.exports.document_download import note_download
from registrations.forms.note import NoteForm
from registrations.forms.upload_limit import was_cut
from registrations.links import delegation_token
from registrations.models import Delegation
from registrations.operations.attempt import attempt
from registrations.operations.submit_note import submit_note
from registrations.queries.notes import note_with_content, notes_of
from registrations.rules.rate_limits import Door
from registrations.views.personal_link import by_delegation_link


@require_http_methods(["GET", "HEAD", "POST"])
@by_delegation_link
def note(request: HttpRequest, group: Delegation) -> HttpResponse:
    """The form and every version so far."""
    back = reverse("registrations:delegation", args=[delegation_token(group)])
    posted = request.method == "POST"
    form = NoteForm(request.POST, request.FILES, was_cut=was_cut(request, "document")) if posted else NoteForm()
    if posted and form.is_valid():
        try:
            attempt(Door.NOTE, key=str(group.pk), now=timezone.now())
            submit_note(group, document=form.details(), actor=FOCAL_POINT, now=timezone.now())
        except DomainError as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            return redirect(f"{back}?saved#note")
    context = {"meeting": group.type.meeting, "delegation": group, "token": delegation_token(group), "back": back}
    return render(request, "registrations/delegation_note.html", context | {"form": form, "notes": notes_of(group)})


@require_safe
@by_delegation_link
def download(request: HttpRequest, group: Delegation, pk: UUID) -> HttpResponseBase:
    """One version as a file; 404 for any that is not this delegation's."""
    found = note_with_content(group, pk)
    if found is None:
        raise Http404
    return note_download(request, found)
