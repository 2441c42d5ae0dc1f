"""Correcting a participant on their page at the desk, through the operation."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from registrations.admin.actors import organizer
from registrations.admin.correction_form import CORRECTABLE, CorrectionForm
from registrations.errors import DomainError
from registrations.forms.questions import Files
from registrations.models import Participant
from registrations.operations.amend import amend
from registrations.queries.questions import questions_for
from registrations.views.answer_files import with_files


class CorrectionPage(admin.ModelAdmin):
    """The form is filled in once more where the operation refuses; files that came with it are kept before, for what is refused is undone."""

    form = CorrectionForm

    def changeform_view(self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        if request.method == "POST" and object_id:
            self._keep_files(request, self.get_object(request, unquote(object_id)))
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except DomainError as refusal:  # the same input once more, now with the refusal as the form's error
            request.refusal = refusal
            return super().changeform_view(request, object_id, form_url, extra_context)

    def get_form(self, request: HttpRequest, obj: Participant | None = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs | {"fields": CORRECTABLE})
        form.refusal, form.files = getattr(request, "refusal", None), getattr(request, "answer_files", Files())
        return form

    def save_model(self, request: HttpRequest, obj: Participant, form: CorrectionForm, change: bool) -> None:
        amend(obj, details=form.details(), actor=organizer(request), now=timezone.now())

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Nothing: `amend` has written the sessions as well."""

    def log_change(self, request: HttpRequest, obj: Participant, message: Any) -> None:
        """Nothing: the operations keep the history."""

    def _keep_files(self, request: HttpRequest, participant: Participant | None) -> None:
        if participant and self.has_change_permission(request, participant):
            questions, form = questions_for(participant.delegation.type), f"desk {participant.pk}"
            request.POST, request.answer_files = with_files(request, request.POST, questions=questions, form=form, now=timezone.now())
