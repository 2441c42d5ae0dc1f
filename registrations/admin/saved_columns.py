"""The pages on which organizers choose and order the columns of their exports, meeting by meeting."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _

from registrations.admin.actors import organizer
from registrations.errors import DomainError
from registrations.exports.participant_columns import columns_for
from registrations.forms.export import SavedColumnsForm
from registrations.models import Meeting, SavedColumns
from registrations.operations.save_columns import delete_columns, save_columns
from registrations.queries.answered_questions import questions_told
from registrations.rules.arranging import next_step, rearranged


@dataclass(frozen=True)
class _Choice:
    """Saved columns as they are listed: their headers in the organizer's language."""

    saved: SavedColumns
    headers: list[str]


class ColumnsPages(admin.ModelAdmin):
    """For those who may change participants. Nothing is saved before the button that says so."""

    def get_urls(self) -> list[URLPattern]:
        own = [
            self._columns_path("", self.columns_view, name="columns"),
            self._columns_path("new/", self.edit_columns_view, name="columns_new"),
            self._columns_path("<int:pk>/", self.edit_columns_view, name="columns_edit"),
            self._columns_path("<int:pk>/delete/", self.delete_columns_view, name="columns_delete"),
        ]
        return [*own, *super().get_urls()]

    def columns_view(self, request: HttpRequest, meeting: int) -> HttpResponse:
        of = self._meeting_of_columns(request, meeting)
        offered = _offered(of, language=request.LANGUAGE_CODE)
        choices = [_Choice(each, [offered[name] for name in each.columns if name in offered]) for each in of.saved_columns.all()]
        return self._columns_page(request, of, "columns.html", title=_("Saved columns"), choices=choices)

    def edit_columns_view(self, request: HttpRequest, meeting: int, pk: int | None = None) -> HttpResponse:
        """The name and the columns as they stand; each button moves one of them, and "save" saves."""
        of = self._meeting_of_columns(request, meeting)
        saved = get_object_or_404(of.saved_columns, pk=pk) if pk else None
        offered, step = _offered(of, language=request.LANGUAGE_CODE), request.POST.get("step", "")
        before = request.POST.getlist("column") if request.method == "POST" else list(saved.columns if saved else ())
        chosen = rearranged(before, step=step, offered=offered)
        if request.method != "POST" or step:
            form = SavedColumnsForm(initial={"name": request.POST.get("name", saved.name if saved else "")})
            return self._edit_columns(request, of, saved, form, chosen=chosen, offered=offered, before=before, step=step)
        form = SavedColumnsForm(request.POST)
        if not form.is_valid():
            return self._edit_columns(request, of, saved, form, chosen=chosen, offered=offered)
        try:
            kept = save_columns(of, name=form.cleaned_data["name"], columns=chosen, replacing=saved, actor=organizer(request), now=timezone.now())
        except DomainError as refusal:
            form.add_error(refusal.field, str(refusal))
            return self._edit_columns(request, of, saved, form, chosen=chosen, offered=offered)
        messages.success(request, _("The columns “%(name)s” are saved: they are offered with each export of this meeting.") % {"name": kept.name})
        return redirect("admin:registrations_participant_columns", of.pk)

    def delete_columns_view(self, request: HttpRequest, meeting: int, pk: int) -> HttpResponse:
        of = self._meeting_of_columns(request, meeting)
        saved = get_object_or_404(of.saved_columns, pk=pk)
        if request.method != "POST":
            return self._columns_page(request, of, "columns_delete.html", title=_("Delete the columns “%(name)s”") % {"name": saved.name})
        delete_columns(saved, actor=organizer(request), now=timezone.now())
        messages.success(request, _("The columns “%(name)s” are deleted.") % {"name": saved.name})
        return redirect("admin:registrations_participant_columns", of.pk)

    def _columns_path(self, tail: str, view: Callable[..., HttpResponse], *, name: str) -> URLPattern:
        return path(f"columns/<int:meeting>/{tail}", self.admin_site.admin_view(view), name=f"registrations_participant_{name}")

    def _meeting_of_columns(self, request: HttpRequest, pk: int) -> Meeting:
        if not self.has_change_permission(request):
            raise PermissionDenied
        return get_object_or_404(Meeting, pk=pk)

    def _edit_columns(
        self,
        request: HttpRequest,
        meeting: Meeting,
        saved: SavedColumns | None,
        form: SavedColumnsForm,
        *,
        chosen: Sequence[str],
        offered: Mapping[str, str],
        before: Sequence[str] = (),
        step: str = "",
    ) -> HttpResponse:
        title = _("Change the columns “%(name)s”") % {"name": saved.name} if saved else _("Choose columns")
        context = {
            "form": form,
            "chosen": [(name, offered[name]) for name in chosen],
            "others": [(name, header) for name, header in offered.items() if name not in chosen],
            "focus": next_step(step, before=before, chosen=chosen, offered=list(offered)),
        }
        return self._columns_page(request, meeting, "columns_edit.html", title=title, **context)

    def _columns_page(self, request: HttpRequest, meeting: Meeting, template: str, **context: Any) -> HttpResponse:
        shared = {**self.admin_site.each_context(request), "opts": self.opts, "meeting": meeting}
        return TemplateResponse(request, f"admin/registrations/participant/{template}", shared | context)


def _offered(meeting: Meeting, *, language: str) -> dict[str, str]:
    """The header of each column that an export of the meeting may have, by its name."""
    sessions = list(meeting.sessions.order_by("number"))
    columns = columns_for(meeting, sessions=sessions, questions=questions_told(meeting), language=language)
    return {name: column.header for name, column in columns.items()}
