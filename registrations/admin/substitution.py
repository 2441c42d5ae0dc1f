"""One person in the place of another, at the desk: also after registration has closed."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _

from registrations.admin.actors import organizer
from registrations.errors import DomainError
from registrations.forms.honorifics import honorifics
from registrations.forms.newcomer import newcomer_form
from registrations.forms.participant import ParticipantForm
from registrations.models import Participant
from registrations.operations.substitute import substitute
from registrations.queries.offer import Offer
from registrations.views.answer_files import with_files


class SubstitutionPage(admin.ModelAdmin):
    """A page beside the participant's own; for those who may change participants."""

    def get_urls(self) -> list[URLPattern]:
        page = path("<int:pk>/substitute/", self.admin_site.admin_view(self.substitute_view), name="registrations_participant_substitute")
        return [page, *super().get_urls()]

    def substitute_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        leaving: Participant | None = self.get_object(request, str(pk))
        if leaving is None or leaving.erased_at:
            raise Http404
        if not self.has_change_permission(request, leaving):
            raise PermissionDenied
        offer = Offer(leaving.delegation.type, request.LANGUAGE_CODE)
        data, files = with_files(request, request.POST, questions=offer.questions, form=f"in the place of {leaving.pk}", now=timezone.now())
        form = newcomer_form(data if request.method == "POST" else None, offer=offer, leaving=leaving, files=files)
        form.require_no_answers()
        form.required_css_class = "required"
        if request.method != "POST" or not form.is_valid():
            return self._ask_for_newcomer(request, leaving, form)
        try:
            newcomer = substitute(leaving, details=form.details(), actor=organizer(request), now=timezone.now())
        except DomainError as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
            return self._ask_for_newcomer(request, leaving, form)
        messages.success(request, _("%(newcomer)s takes the place of %(name)s.") % {"newcomer": newcomer, "name": leaving})
        return redirect("admin:registrations_participant_change", newcomer.pk)

    def _ask_for_newcomer(self, request: HttpRequest, leaving: Participant, form: ParticipantForm) -> HttpResponse:
        context: dict[str, Any] = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": leaving,
            "form": form,
            "honorifics": honorifics(request.LANGUAGE_CODE),
            "title": _("Put somebody in the place of %(name)s") % {"name": leaving},
        }
        return TemplateResponse(request, "admin/registrations/participant/substitute.html", context)
