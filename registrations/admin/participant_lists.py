"""The pages on which organizers choose, look at and issue the list of participants, and find those issued before."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from registrations.admin.actors import organizer
from registrations.admin.language_names import language_choices
from registrations.admin.meeting_time import meeting_time
from registrations.admin.room_papers import RoomPages, may_with_lists
from registrations.details import ListOptions
from registrations.errors import DomainError
from registrations.exports.participant_list.downloads import FORMATS, list_download
from registrations.forms.list_options import ListOptionsForm, as_data
from registrations.models import IssuedList, Meeting
from registrations.operations.issue_list import issue_list
from registrations.queries.answered_questions import questions_in_words
from registrations.queries.issued_lists import issued_lists, last_issued, list_to_issue, next_revision, usual_options
from registrations.queries.list_matter import known_names, list_numbers
from registrations.queries.list_words import draft_edition, list_name


@dataclass(frozen=True)
class _Row:
    """An issued list in the words of the page."""

    pk: int
    name: str
    moment: str
    issuer: str


class ListPages(RoomPages):
    """Pages below the meeting's own; to look takes the right to view issued lists, to issue the right to add one."""

    def get_urls(self) -> list[URLPattern]:
        view, base = self.admin_site.admin_view, "registrations_meeting_list"
        own = [
            path("<int:pk>/participants/", view(self.list_view), name=base),
            path("<int:pk>/participants/draft/<slug:language>.<slug:form>", view(self.draft_view), name=f"{base}_draft"),
            path("<int:pk>/participants/<int:list_pk>/<slug:language>.<slug:form>", view(self.issued_view), name=f"{base}_issued"),
        ]
        return [*own, *super().get_urls()]

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, obj: Any = None, **kwargs: Any) -> HttpResponse:
        context["may_see_lists"] = obj is not None and may_with_lists(request, "view")
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def list_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Shows what the choices lead to; the button "issue" issues that list. By POST, because an order of precedence is long."""
        meeting = self.meeting_with_lists(request, pk)
        if "issue" in request.POST:
            return self._issue(request, meeting)
        issued = list(issued_lists(meeting))
        return self._choose(request, meeting, _form(request.POST, meeting=meeting, last=issued[0] if issued else None), issued)

    def draft_view(self, request: HttpRequest, pk: int, language: str, form: str) -> HttpResponse:
        """The list as it would be issued now, marked as a draft."""
        _check(language, form)
        meeting = self.meeting_with_lists(request, pk)
        last = last_issued(meeting)
        choices = _form(request.POST, meeting=meeting, last=last)
        if not choices.is_valid():
            return self._choose(request, meeting, choices, list(issued_lists(meeting)))
        document = list_to_issue(meeting, options=choices.details(), last=last, now=timezone.now())[language]
        with override(language):
            document["edition"] = draft_edition(document["edition"])
        return list_download(document, form=form, name=f"{meeting.slug}-participants-draft")

    def issued_view(self, request: HttpRequest, pk: int, list_pk: int, language: str, form: str) -> HttpResponse:
        """A list as it was issued."""
        _check(language, form)
        meeting = self.meeting_with_lists(request, pk)
        issued: IssuedList | None = meeting.issued_lists.filter(pk=list_pk).first()
        if issued is None:
            raise Http404
        revision = f"-rev-{issued.revision}" if issued.revision else ""
        return list_download(issued.content[language], form=form, name=f"{meeting.slug}-participants-{issued.kind}{revision}")

    def _issue(self, request: HttpRequest, meeting: Meeting) -> HttpResponse:
        if not may_with_lists(request, "add"):
            raise PermissionDenied
        form, seen = _form(request.POST, meeting=meeting, last=None), request.POST.get("seen", "")
        try:
            if form.is_valid():
                options, known = form.details(), int(seen) if seen.isdecimal() else None
                issued = issue_list(meeting, options=options, seen=known, actor=organizer(request), now=timezone.now())
                messages.success(request, _("Issued: %(list)s.") % {"list": list_name(options.kind, issued.revision)})
                return redirect("admin:registrations_meeting_list", meeting.pk)
        except DomainError as refusal:
            messages.error(request, str(refusal))
        return self._choose(request, meeting, form, list(issued_lists(meeting)))

    def _choose(self, request: HttpRequest, meeting: Meeting, form: ListOptionsForm, issued: list[IssuedList]) -> HttpResponse:
        context = {
            "title": _("List of participants"),
            "form": form,
            "numbers": list_numbers(meeting),
            "sessions": meeting.sessions.filter(is_cancelled=False),
            "languages": language_choices(),
            "issued": [_row(each, meeting) for each in issued],
            "seen": issued[0].pk if issued else "",
            "may_issue": may_with_lists(request, "add"),
            **(_chosen(meeting, form.details()) if form.is_valid() else {}),
        }
        return self.page_beside(request, meeting, "participant_list.html", context)


def _row(issued: IssuedList, meeting: Meeting) -> _Row:
    by = issued.issued_by
    issuer = (by.get_full_name() or by.get_username()) if by else "–"
    return _Row(issued.pk, list_name(issued.kind, issued.revision), meeting_time(issued.issued_at, meeting), issuer)


def _check(language: str, form: str) -> None:
    if language not in dict(settings.LANGUAGES) or form not in FORMATS:
        raise Http404


def _form(data: Any, *, meeting: Meeting, last: IssuedList | None) -> ListOptionsForm:
    """What was chosen or, before anything is, what was chosen for the last list."""
    chosen = data if "kind" in data else as_data(usual_options(last))
    return ListOptionsForm(chosen, questions=questions_in_words(meeting), known=known_names)


def _chosen(meeting: Meeting, options: ListOptions) -> dict[str, Any]:
    """The list that valid choices lead to: its name, and the choices as fields."""
    return {"next": list_name(options.kind, next_revision(meeting, options.kind)), "fields": as_data(options)}
