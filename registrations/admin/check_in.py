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
from registrations.errors import DomainError
from registrations.forms.attendance import CheckInForm
from registrations.models import Participant, Session
from registrations.operations.check_in import check_in, take_back_check_in
from registrations.queries.attendance import sessions_to_check_in
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
        reference, by = form.cleaned_data["reference"], {"actor": organizer(request), "now": timezone.now()}
        try:
            if "take_back" in request.POST:
                person = take_back_check_in(session, reference=reference, **by)
                messages.success(request, _("%(name)s, %(delegation)s, is not recorded as present any more.") % _words(person))
            else:
                person, is_new = check_in(session, reference=reference, **by)
                _tell(request, person, is_new=is_new)
        except DomainError as refusal:
            form.add_error("reference", str(refusal))
            return False
        request.session["checked_in"] = "" if "take_back" in request.POST else reference
        return True


def _tell(request: HttpRequest, person: Participant, *, is_new: bool) -> None:
    if is_new:
        messages.success(request, _("Present: %(name)s, %(delegation)s.") % _words(person))
    else:
        messages.warning(request, _("%(name)s, %(delegation)s, was checked in already.") % _words(person))


def _words(person: Participant) -> dict[str, Any]:
    return {"name": person.styled_name, "delegation": person.delegation}


def _last(request: HttpRequest) -> dict[str, Any]:
    """Whoever was checked in last, for the button that takes it back."""
    return {"last": request.session.get("checked_in", ""), "last_session": request.GET.get("session", "")}
