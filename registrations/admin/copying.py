"""The page that begins the next meeting with what this one has."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.widgets import AdminDateWidget, AdminTextInputWidget
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registrations.admin.actors import organizer
from registrations.admin.meeting_pages import MeetingPages
from registrations.errors import DomainError
from registrations.models import Meeting
from registrations.operations.copy_meeting import copy_meeting


class CopyForm(forms.Form):
    """What is different in the copy; titles are taken over as they are unless they are changed."""

    use_required_attribute = False
    title_en = forms.CharField(label=gettext_lazy("Title, in English"), max_length=300, widget=AdminTextInputWidget(attrs={"lang": "en"}))
    title_es = forms.CharField(label=gettext_lazy("Title, in Spanish"), max_length=300, widget=AdminTextInputWidget(attrs={"lang": "es"}))
    slug = forms.SlugField(label=gettext_lazy("Address"), help_text=gettext_lazy("The last part of the programme page's address."))
    first_day = forms.DateField(label=gettext_lazy("First day"), widget=AdminDateWidget)


class CopyPages(MeetingPages):
    """One page, for those who may add meetings."""

    def pages(self) -> dict[str, Any]:
        return super().pages() | {"copy": self.copy_view}

    def copy_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The form; POST makes the copy and shows it."""
        meeting = self.meeting_to_change(request, pk)
        if not self.has_add_permission(request):
            raise PermissionDenied
        titles = {"title_en": meeting.title_en, "title_es": meeting.title_es}
        form = CopyForm(request.POST if request.method == "POST" else None, initial=titles)
        copy = self._copy(request, meeting, form) if form.is_valid() else None
        if copy is None:
            return self.page_beside(request, meeting, "copy.html", {"title": _("Copy the meeting"), "form": form, "media": self.media + form.media})
        messages.success(request, _("This is the copy. It is not on the site until you mark it as published."))
        return redirect("admin:registrations_meeting_change", copy.pk)

    def _copy(self, request: HttpRequest, meeting: Meeting, form: CopyForm) -> Meeting | None:
        try:
            return copy_meeting(meeting, **form.cleaned_data, actor=organizer(request), now=timezone.now())
        except DomainError as refusal:
            form.add_error(refusal.field, str(refusal))
            return None
