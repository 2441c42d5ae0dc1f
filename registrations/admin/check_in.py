"""The door: whoever comes is recorded as present by the reference on their badge."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from registrations.admin.actors import organizer
from registrations.admin.attendance import AttendancePages
from registrations.enums import Status
from registrations.forms.attendance import CheckInForm
from registrations.models import Participant, Session
from registrations.operations.record_attendance import record_attendance, take_back_attendance
from registrations.queries.attendance import person_with_reference, sessions_to_check_in
from registrations.queries.desk_rights import meetings_with, of_meetings
from registrations.rules.desk_roles import CHECKING_IN


class CheckInPage(AttendancePages):
    """One page for a scanner that types, for a telephone that opens the badge's address, and for hands."""

    def get_urls(self) -> list[URLPattern]:
        page = path("check-in/", self.admin_site.admin_view(self.check_in_view), name="registrations_participant_check_in")
        return [page, *super().get_urls()]

    def check_in_view(self, request: HttpRequest) -> HttpResponse:
        """POST records the one with the reference as present, or takes that back; the page then waits for the next."""
        if not self.has_check_in_permission(request):
            raise PermissionDenied
        sessions = of_meetings(sessions_to_check_in(now=timezone.now()), meetings_with(request.user, *CHECKING_IN))
        form = CheckInForm(request.POST if request.method == "POST" else None, sessions=sessions, initial=request.GET.dict())
        if form.is_valid():
            session = form.cleaned_data["session"]
            if self._recorded(request, form, session):
                return redirect(f"{reverse('admin:registrations_participant_check_in')}?session={session.pk}")
        context = {**self.admin_site.each_context(request), "opts": self.opts, "title": _("Check-in"), "form": form, "sessions": sessions}
        return TemplateResponse(request, "admin/registrations/participant/check_in.html", context | _last(request))

    def _recorded(self, request: HttpRequest, form: CheckInForm, session: Session) -> bool:
        person = person_with_reference(session, reference=form.cleaned_data["reference"])
        refusal = _why_not(person)
        if person is None or refusal:
            form.add_error("reference", refusal)
            return False
        words = {"name": person.styled_name, "delegation": person.delegation}
        is_back = "take_back" in request.POST
        operation = take_back_attendance if is_back else record_attendance
        changed = operation(session, people=[person.pk], actor=organizer(request), now=timezone.now())
        if is_back:
            messages.success(request, _("%(name)s, %(delegation)s, is not recorded as present any more.") % words)
        elif changed:
            messages.success(request, _("Present: %(name)s, %(delegation)s.") % words)
        else:
            messages.warning(request, _("%(name)s, %(delegation)s, was checked in already.") % words)
        request.session["checked_in"] = "" if is_back else person.reference
        return True


def _why_not(person: Participant | None) -> str:
    if person is None:
        return _("Nobody at this meeting has this reference.")
    if person.status != Status.CONFIRMED:
        words = {"name": person.styled_name, "delegation": person.delegation, "status": person.get_status_display()}
        return _("%(name)s, %(delegation)s, is not confirmed (%(status)s). Send them to the secretariat.") % words
    return ""


def _last(request: HttpRequest) -> dict[str, Any]:
    """Whoever was checked in last, for the button that takes it back."""
    return {"last": request.session.get("checked_in", ""), "last_session": request.GET.get("session", "")}
