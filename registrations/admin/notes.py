"""A delegation's notes verbales at the desk: read them, and keep one that came another way."""

from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from registrations.admin.actors import organizer
from registrations.errors import DomainError
from registrations.exports.document_download import note_download
from registrations.forms.note import NoteForm
from registrations.forms.upload_limit import was_cut
from registrations.models import Delegation
from registrations.operations.submit_note import submit_note
from registrations.queries.history import actor_words
from registrations.queries.notes import is_note_missing, note_with_content, notes_of


class NoteActions(admin.ModelAdmin):
    """Two addresses below the delegation's own page; to read takes the right to view delegations, to keep the right to change them."""

    def get_urls(self) -> list[URLPattern]:
        own = [
            path("<int:pk>/note/", self.admin_site.admin_view(require_POST(self.keep_note_view)), name="registrations_delegation_keep_note"),
            path("<int:pk>/note/<uuid:note_pk>/", self.admin_site.admin_view(self.note_view), name="registrations_delegation_note"),
        ]
        return [*own, *super().get_urls()]

    def notes_context(self, request: HttpRequest, delegation: Delegation) -> dict[str, Any]:
        """What the delegation's page shows of its notes."""
        notes = notes_of(delegation)
        return {
            "notes": [(note, actor_words(note.uploaded_by)) for note in notes],
            "is_note_missing": is_note_missing(delegation, notes),
            "note_form": NoteForm(),
            "may_keep_note": request.user.has_perm("registrations.change_delegation"),
        }

    def note_view(self, request: HttpRequest, pk: int, note_pk: UUID) -> HttpResponseBase:
        note = note_with_content(self._delegation_for(request, pk, right="view"), note_pk)
        if note is None:
            raise Http404
        return note_download(request, note)

    def keep_note_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        delegation = self._delegation_for(request, pk, right="change")
        form = NoteForm(request.POST, request.FILES, was_cut=was_cut(request, "document"))
        try:
            if form.is_valid():
                submit_note(delegation, document=form.details(), actor=organizer(request), now=timezone.now())
                messages.success(request, _("The note verbale has been kept."))
        except DomainError as refusal:
            form.add_error(refusal.field, str(refusal))
        for error in form.errors.get("document", []):
            messages.error(request, error)
        return redirect("admin:registrations_delegation_change", pk)

    def _delegation_for(self, request: HttpRequest, pk: int, *, right: str) -> Delegation:
        rights = {right, "change"}
        if not any(request.user.has_perm(f"registrations.{each}_delegation") for each in rights):
            raise PermissionDenied
        delegation: Delegation | None = self.get_object(request, str(pk))
        if delegation is None:
            raise Http404
        return delegation
