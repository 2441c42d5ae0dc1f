"""The page on which an organizer sees what would be published, who would be told, and publishes it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registrations import mail
from registrations.admin.actors import organizer
from registrations.admin.meeting_pages import MeetingPages
from registrations.enums import MessageKind
from registrations.errors import DomainError, NothingToPublish, TranslationMissing
from registrations.models import Meeting, OutboxMessage, Session
from registrations.operations.drafts import discard_drafts
from registrations.operations.publish import Publication, publish
from registrations.queries.clocks import clocks_of
from registrations.queries.drafts import number_of_drafts
from registrations.queries.programme_words import ChangeWords, described
from registrations.rules.programme_changes import always_told, concerned


@dataclass(frozen=True)
class _SessionChoice:
    """A session with changes: whether it is told by mail, and whether the organizer has a say in it."""

    session: Session
    is_told: bool
    may_choose: bool


@dataclass(frozen=True)
class _Letter:
    language: str
    subject: str
    text: str


class PublishPages(MeetingPages):
    """Two pages: publish, and discard what was not published."""

    def pages(self) -> dict[str, Any]:
        return super().pages() | {"publish": self.publish_view, "discard": self.discard_view}

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, obj: Any = None, **kwargs: Any) -> HttpResponse:
        context["drafts"] = number_of_drafts(obj) if obj else 0
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def publish_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """GET and the button "look again" show what would happen; the button "publish" does it, if it is what was shown."""
        meeting = self.meeting_to_change(request, pk)
        announced = _announced(request)
        if "publish" not in request.POST:
            return self._look(request, meeting, announced)
        try:
            publication = publish(meeting, announced=announced, seen=request.POST.get("seen", ""), actor=organizer(request), now=timezone.now())
        except DomainError as refusal:
            messages.error(request, str(refusal))
            return self._look(request, meeting, announced)
        messages.success(request, _published_words(publication))
        return redirect("admin:registrations_meeting_change", pk)

    def discard_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        meeting = self.meeting_to_change(request, pk)
        if request.method == "POST":
            number = discard_drafts(meeting, actor=organizer(request), now=timezone.now())
            sentence = ngettext("%(number)s change was discarded.", "%(number)s changes were discarded.", number)
            messages.success(request, sentence % {"number": number})
            return redirect("admin:registrations_meeting_change", pk)
        context = {"drafts": number_of_drafts(meeting), "title": _("Discard the changes")}
        return self.page_beside(request, meeting, "discard.html", context)

    def _look(self, request: HttpRequest, meeting: Meeting, announced: set[int] | None) -> HttpResponse:
        """The publishing as it would be: done for real, looked at, and taken back."""
        context: dict[str, Any] = {"title": _("Publish changes")}
        with transaction.atomic():
            try:
                publication = publish(meeting, announced=announced, actor=organizer(request), now=timezone.now())
                context |= _seen(Meeting.objects.get(pk=meeting.pk), publication)
            except NothingToPublish as refusal:
                context["nothing"] = str(refusal)
            except DomainError as refusal:
                context |= {"refusal": str(refusal), "text_gaps": isinstance(refusal, TranslationMissing)}
            transaction.set_rollback(True)
        return self.page_beside(request, meeting, "publish.html", context)


def _announced(request: HttpRequest) -> set[int] | None:
    """The numbers of the sessions that are ticked, or None where nobody has had the choice yet."""
    if "seen" not in request.POST:
        return None
    return {int(number) for number in request.POST.getlist("announced") if number.isdecimal()}


def _seen(meeting: Meeting, publication: Publication) -> dict[str, Any]:
    choices = _choices(meeting, publication)
    return {
        "changes": _in_both_languages(meeting, publication),
        "choices": choices,
        "updates": _updates(publication),
        "cancellations": publication.mails[MessageKind.CANCELLATION],
        "feed_only": sum(not choice.is_told for choice in choices),
        "seen": publication.fingerprint,
        "letters": list(_letters(meeting, publication)),
    }


def _updates(publication: Publication) -> int:
    return publication.mails[MessageKind.INVITATION] + publication.mails[MessageKind.CALENDAR_FILE]


def _in_both_languages(meeting: Meeting, publication: Publication) -> list[list[tuple[str, ChangeWords]]]:
    clocks = clocks_of(meeting)
    languages = [code for code, _name in settings.LANGUAGES]
    return [[(code, described(change, clocks=clocks, language=code)) for code in languages] for change in publication.version.changes]


def _choices(meeting: Meeting, publication: Publication) -> list[_SessionChoice]:
    sessions, fixed = list(meeting.sessions.all()), always_told(publication.changes)
    numbers = concerned(publication.changes, numbers=[session.number for session in sessions])
    return [_SessionChoice(each, each.number in publication.announced, each.number not in fixed) for each in sessions if each.number in numbers]


def _letters(meeting: Meeting, publication: Publication) -> Iterator[_Letter]:
    """One mail of each kind as it would be written now, in both languages."""
    owed = OutboxMessage.objects.select_related("meeting", "participant", "session__meeting").filter(
        meeting=meeting, facts__version=publication.version.number
    )
    first = {message.kind: message for message in owed.order_by("-due_at")}
    for message in first.values():
        for code, _name in settings.LANGUAGES:
            message.language = code
            written = mail.render(message, now=timezone.now())
            if written:
                yield _Letter(code, written.subject, written.body)


def _published_words(publication: Publication) -> str:
    updates, cancellations = _updates(publication), publication.mails[MessageKind.CANCELLATION]
    updates_words = ngettext("%(number)s update", "%(number)s updates", updates) % {"number": updates}
    cancellations_words = ngettext("%(number)s cancellation", "%(number)s cancellations", cancellations) % {"number": cancellations}
    sentence = _("Version %(version)s of the programme is published. On their way: %(updates)s and %(cancellations)s.")
    return sentence % {"version": publication.version.number, "updates": updates_words, "cancellations": cancellations_words}
