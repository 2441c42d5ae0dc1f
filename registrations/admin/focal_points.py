"""A delegation's focal point at the desk: a new link, and somebody else in their place."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from registrations.admin.actors import organizer
from registrations.errors import DomainError
from registrations.forms.focal_point import FocalPointForm
from registrations.models import Delegation
from registrations.operations.hand_over import hand_over
from registrations.operations.renew_link import renew_link


class FocalPointActions(admin.ModelAdmin):
    """Two pages beside the delegation's own; for those who may change delegations."""

    def get_urls(self) -> list[URLPattern]:
        pages = {"renew-link": require_POST(self.renew_link_view), "hand-over": self.hand_over_view}
        own = [
            path(f"<int:pk>/{name}/", self.admin_site.admin_view(view), name=f"registrations_delegation_{name.replace('-', '_')}")
            for name, view in pages.items()
        ]
        return [*own, *super().get_urls()]

    def has_focal_point_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("registrations.change_delegation"))

    def renew_link_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        delegation = renew_link(self._delegation(request, pk), actor=organizer(request), now=timezone.now())
        sentence = _("The link of %(name)s was replaced; the new one goes to %(email)s.")
        messages.success(request, sentence % {"name": delegation.focal_point_name, "email": delegation.focal_point_email})
        return redirect("admin:registrations_delegation_change", pk)

    def hand_over_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        delegation = self._delegation(request, pk)
        form = FocalPointForm(request.POST if request.method == "POST" else None, initial={"language": delegation.focal_point_language})
        if not form.is_valid():
            return self._ask(request, delegation, form)
        try:
            delegation = hand_over(delegation, focal_point=form.details(), actor=organizer(request), now=timezone.now())
        except DomainError as refusal:
            form.add_error(refusal.field, str(refusal))
            return self._ask(request, delegation, form)
        messages.success(request, _("%(name)s is the focal point now and gets the link by e-mail.") % {"name": delegation.focal_point_name})
        return redirect("admin:registrations_delegation_change", pk)

    def _delegation(self, request: HttpRequest, pk: int) -> Delegation:
        if not self.has_focal_point_permission(request):
            raise PermissionDenied
        delegation: Delegation | None = self.get_object(request, str(pk))
        if delegation is None:
            raise Http404
        return delegation

    def _ask(self, request: HttpRequest, delegation: Delegation, form: FocalPointForm) -> HttpResponse:
        context: dict[str, Any] = {**self.admin_site.each_context(request), "opts": self.opts, "original": delegation, "form": form}
        return TemplateResponse(request, "admin/registrations/delegation/hand_over.html", context | {"title": _("Hand over to another focal point")})
