"""Who was there: from the meeting platform's list of attendees, or by hand from the list of participants."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from registrations.admin.actors import organizer
from registrations.admin.participant_actions import ParticipantActions, chosen_of
from registrations.forms.attendance import AttendanceForm, SessionForm
from registrations.forms.upload_limit import was_cut
from registrations.importing.attendance_file import Attended, attendees_in
from registrations.importing.people_file import OF_THE_DESK, ListRefused, cells_of_file
from registrations.models import Participant, Session
from registrations.operations.record_attendance import record_attendance, take_back_attendance
from registrations.queries.attendance import attendance_list, sessions_begun
from registrations.rules.attendance import Attendee


@dataclass(frozen=True)
class _Findings:
    """The platform's names: who is certain, who has to be looked at, and who is not among the confirmed."""

    certain: dict[Attendee, Attended] = field(default_factory=dict)
    doubts: list[tuple[Attended, tuple[Attendee, ...]]] = field(default_factory=list)
    unknown: list[Attended] = field(default_factory=list)

    @property
    def keys(self) -> str:
        return ",".join(str(person.pk) for person in self.certain)


class AttendancePages(ParticipantActions):
    """For those who may change participants. Nothing is kept of the file."""

    actions = [*ParticipantActions.actions, "mark_present", "mark_absent"]

    def get_urls(self) -> list[URLPattern]:
        page = path("attendance/", self.admin_site.admin_view(self.attendance_view), name="registrations_participant_attendance")
        return [page, *super().get_urls()]

    def attendance_view(self, request: HttpRequest) -> HttpResponse:
        """The form; then whom the file names; then it is recorded."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        sessions = sessions_begun(now=timezone.now())
        if "record" in request.POST:
            return self._record(request, sessions)
        given = (request.POST, request.FILES) if request.method == "POST" else (None, None)
        form = AttendanceForm(*given, sessions=sessions)
        attended = _attended(request, form) if form.is_bound else None
        if attended is None:
            return self._attendance_page(request, "attendance.html", form=form, sessions=sessions)
        session = form.cleaned_data["session"]
        return self._attendance_page(request, "attendance_found.html", session=session, findings=_findings(session, attended))

    @admin.action(permissions=["change"], description=gettext_lazy("Mark as present ..."))
    def mark_present(self, request: HttpRequest, queryset: QuerySet[Participant]) -> HttpResponse | None:
        return self._mark(request, queryset, action="mark_present")

    @admin.action(permissions=["change"], description=gettext_lazy("Mark as not present ..."))
    def mark_absent(self, request: HttpRequest, queryset: QuerySet[Participant]) -> HttpResponse | None:
        return self._mark(request, queryset, action="mark_absent")

    def _mark(self, request: HttpRequest, queryset: QuerySet[Participant], *, action: str) -> HttpResponse | None:
        chosen = chosen_of(request, queryset)
        sessions = sessions_begun(now=timezone.now()).filter(meeting__in={participant.meeting_id for participant in chosen})
        form = SessionForm(request.POST if "decided" in request.POST else None, sessions=sessions)
        if not form.is_valid():
            return self._ask(request, chosen, action=action, title=_TITLES[action](len(chosen)), form=form)
        operation = record_attendance if action == "mark_present" else take_back_attendance
        marked = operation(form.cleaned_data["session"], people=[each.pk for each in chosen], actor=organizer(request), now=timezone.now())
        messages.success(request, _DONE[action](len(marked)))
        return self._back(request)

    def _record(self, request: HttpRequest, sessions: QuerySet[Session]) -> HttpResponse:
        form = SessionForm(request.POST, sessions=sessions)
        if not form.is_valid():
            return redirect("admin:registrations_participant_attendance")
        keys = [*request.POST.get("certain", "").split(","), *request.POST.getlist("possible")]
        session, people = form.cleaned_data["session"], {int(key) for key in keys if key.isascii() and key.isdigit()}
        present = record_attendance(session, people=people, actor=organizer(request), now=timezone.now())
        messages.success(request, _recorded_words(len(present)))
        address = reverse("admin:registrations_participant_changelist")
        return redirect(f"{address}?meeting={session.meeting_id}&session={session.pk}&presence=yes")

    def _attendance_page(self, request: HttpRequest, template: str, **context: Any) -> HttpResponse:
        shared = {**self.admin_site.each_context(request), "opts": self.opts, "title": _("Who was there")}
        return TemplateResponse(request, f"admin/registrations/participant/{template}", shared | context)


def _attended(request: HttpRequest, form: AttendanceForm) -> list[Attended] | None:
    """Those whom the file names; None where the form now says why not."""
    if was_cut(request, "file"):
        form.errors.pop("file", None)
        form.add_error("file", OF_THE_DESK.too_large)
    if not form.is_valid():
        return None
    file = form.cleaned_data["file"]
    try:
        return attendees_in(cells_of_file(file.read(), name=file.name, limits=OF_THE_DESK))
    except ListRefused as refusal:
        form.add_error("file", str(refusal))
        return None


def _findings(session: Session, attended: Iterable[Attended]) -> _Findings:
    people, found = attendance_list(session.meeting), _Findings()
    for each in attended:
        verdict = people.verdict(each.name, each.email)
        if verdict.certain:
            found.certain.setdefault(verdict.certain, each)
        elif verdict.possible:
            found.doubts.append((each, verdict.possible))
        else:
            found.unknown.append(each)
    return found


def _present_title(number: int) -> str:
    return ngettext("Mark %(count)s participant as present", "Mark %(count)s participants as present", number) % {"count": number}


def _absent_title(number: int) -> str:
    return ngettext("Mark %(count)s participant as not present", "Mark %(count)s participants as not present", number) % {"count": number}


def _recorded_words(number: int) -> str:
    return ngettext("%(count)s more person recorded as present.", "%(count)s more persons recorded as present.", number) % {"count": number}


def _taken_back_words(number: int) -> str:
    return ngettext("%(count)s person is no longer recorded as present.", "%(count)s persons are no longer recorded as present.", number) % {
        "count": number
    }


_TITLES = {"mark_present": _present_title, "mark_absent": _absent_title}
_DONE = {"mark_present": _recorded_words, "mark_absent": _taken_back_words}
