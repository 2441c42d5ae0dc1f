"""Pages beside a meeting's own, for those who may change meetings."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path

from registrations.models import Meeting


class MeetingPages(admin.ModelAdmin):
    """Each kind of pages adds its own to `pages`."""

    def pages(self) -> dict[str, Any]:
        """The views by the last part of their address."""
        return {}

    def get_urls(self) -> list[URLPattern]:
        pages = self.pages().items()
        own = [path(f"<int:pk>/{name}/", self.admin_site.admin_view(view), name=f"registrations_meeting_{name}") for name, view in pages]
        return [*own, *super().get_urls()]

    def meeting_to_change(self, request: HttpRequest, pk: int) -> Meeting:
        """The meeting, for somebody who may change it. Raises PermissionDenied, Http404."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        meeting: Meeting | None = Meeting.objects.filter(pk=pk).first()
        if meeting is None:
            raise Http404
        return meeting

    def page_beside(self, request: HttpRequest, meeting: Meeting, template: str, context: dict[str, Any]) -> HttpResponse:
        shared = {**self.admin_site.each_context(request), "opts": self.opts, "original": meeting}
        return TemplateResponse(request, f"admin/registrations/meeting/{template}", shared | context)
