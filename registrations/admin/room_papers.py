"""Papers for the room at the desk: name plates, badges and sign-in sheets by meeting, certificates for whoever was there."""

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet, prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _

from registrations.admin.meeting_pages import MeetingPages
from registrations.enums import Status
from registrations.exports.room.certificates import certificates, sessions_certified
from registrations.exports.room.papers import badges, name_plates, sign_in_sheet
from registrations.models import Meeting, Participant, Session

_PAPERS: dict[str, Callable[..., bytes]] = {"name-plates": name_plates, "badges": badges}


class RoomPages(MeetingPages):
    """Files below the meeting's list of participants, for those who may see lists."""

    def get_urls(self) -> list[URLPattern]:
        view, base = self.admin_site.admin_view, "registrations_meeting"
        own = [
            path("<int:pk>/participants/papers/<slug:paper>/<slug:language>.pdf", view(self.paper_view), name=f"{base}_paper"),
            path("<int:pk>/participants/sign-in/<int:session_pk>/<slug:language>.pdf", view(self.sign_in_view), name=f"{base}_sign_in"),
        ]
        return [*own, *super().get_urls()]

    def meeting_with_lists(self, request: HttpRequest, pk: int) -> Meeting:
        """The meeting, for those who may see its lists."""
        if not may_with_lists(request, "view"):
            raise PermissionDenied
        meeting: Meeting | None = Meeting.objects.filter(pk=pk).first()
        if meeting is None:
            raise Http404
        return meeting

    def paper_view(self, request: HttpRequest, pk: int, paper: str, language: str) -> HttpResponse:
        meeting = self.meeting_with_lists(request, pk)
        if paper not in _PAPERS or not _is_language(language):
            raise Http404
        content = _PAPERS[paper](meeting, language=language, now=timezone.now())
        return _pdf(content, name=f"{meeting.slug}-{paper}-{language}")

    def sign_in_view(self, request: HttpRequest, pk: int, session_pk: int, language: str) -> HttpResponse:
        meeting = self.meeting_with_lists(request, pk)
        session: Session | None = meeting.sessions.filter(pk=session_pk).first()
        if session is None or not _is_language(language):
            raise Http404
        session.meeting = meeting
        content = sign_in_sheet(session, language=language, now=timezone.now())
        return _pdf(content, name=f"{meeting.slug}-sign-in-{session.number}-{language}")


def may_with_lists(request: HttpRequest, right: str) -> bool:
    """Whoever may issue lists may see them."""
    return any(request.user.has_perm(f"registrations.{each}_issuedlist") for each in {right, "add"})


def certificate_download(request: HttpRequest, chosen: QuerySet[Participant], *, now: datetime) -> HttpResponse | None:
    """Certificates for those of the chosen who were present at a session that is over, or None after saying why there are none."""
    confirmed = chosen.filter(status=Status.CONFIRMED, erased_at=None).order_by("delegation", "order", "pk")
    people = list(confirmed.select_related("meeting", "delegation__entity").prefetch_related("presences__session"))
    people = [person for person in people if sessions_certified(person, now=now)]
    if len({person.meeting_id for person in people}) != 1:
        several = _("Choose participants of one meeting only: its title is on the certificates.")
        messages.error(
            request, several if people else _("Nobody chosen is recorded as present at a session that is over: there is nothing to certify.")
        )
        return None
    meeting = people[0].meeting
    prefetch_related_objects([meeting], "hosts")
    return _pdf(certificates(people, meeting=meeting, now=now), name=f"{meeting.slug}-certificates")


def _is_language(code: str) -> bool:
    return code in dict(settings.LANGUAGES)


def _pdf(content: bytes, *, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}.pdf"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
