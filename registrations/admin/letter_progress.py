"""The page of a letter that was sent: what became of each mail, and what can still be done about it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from registrations.admin.actors import organizer
from registrations.admin.letter_pages import LetterPages, found
from registrations.admin.letter_words import OUTCOMES, previews
from registrations.admin.meeting_time import meeting_time, short_meeting_time
from registrations.enums import LetterStatus, Outcome
from registrations.errors import DomainError
from registrations.models import Letter, OutboxMessage
from registrations.operations.cancel_letter import cancel_letter
from registrations.operations.resend_letter import resend_letter
from registrations.queries.letters import NOT_REACHED, in_order, mails_of, outcomes, reachable

ON_A_PAGE = 100


class LetterProgress(LetterPages):
    """Looking takes the right to view letters, the two buttons the right to change them."""

    def get_urls(self) -> list[URLPattern]:
        own = [
            path("<int:pk>/cancel/", self.admin_site.admin_view(self.cancel_view), name="registrations_letter_cancel"),
            path("<int:pk>/resend/", self.admin_site.admin_view(require_POST(self.resend_view)), name="registrations_letter_resend"),
        ]
        return [*own, *super().get_urls()]

    def progress_view(self, request: HttpRequest, letter: Letter) -> HttpResponse:
        """All mails, or those of one outcome, a hundred at a time; the letter as one of its recipients gets it."""
        numbers, person_words = outcomes([letter.pk]).get(letter.pk, {}), request.GET.get("person", "")
        chosen = request.GET.get("outcome", "")
        person = found(in_order(reachable(letter), language=request.LANGUAGE_CODE), person_words)
        context = {
            "title": str(letter),
            "sent_at": meeting_time(letter.sent_at, letter.meeting),
            "due": meeting_time(letter.due_at, letter.meeting),
            "is_cancelled": letter.status == LetterStatus.CANCELLED,
            "figures": [(outcome, words, numbers.get(outcome, 0), outcome in NOT_REACHED) for outcome, words in OUTCOMES.items()],
            "total": sum(numbers.values()),
            "chosen": chosen if chosen in Outcome.values else "",
            "page": _page_of(letter, outcome=chosen, number=request.GET.get("page")),
            "owed": numbers.get(Outcome.OWED, 0),
            "failed": sum(numbers.get(outcome, 0) for outcome in NOT_REACHED),
            "may_change": self.has_change_permission(request),
            "may_see_mails": request.user.has_perm("registrations.view_outboxmessage"),
            "attachments": letter.attachments.defer("content"),
            "person": person,
            "words": person_words,
            "previews": list(previews(letter, person, now=timezone.now())) if person else [],
        }
        return self._page(request, letter, "progress.html", context)

    def cancel_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """GET asks, POST cancels what has not left by then."""
        letter = self._letter(request, pk)
        owed = outcomes([letter.pk]).get(letter.pk, {}).get(Outcome.OWED, 0)
        if request.method != "POST":
            return self._page(request, letter, "cancel.html", {"title": _("Cancel what has not left"), "owed": owed})
        try:
            number = cancel_letter(letter, actor=organizer(request), now=timezone.now())
            sentence = ngettext("%(number)s mail was cancelled before it left.", "%(number)s mails were cancelled before they left.", number)
            messages.success(request, sentence % {"number": number})
        except DomainError as refusal:
            messages.warning(request, str(refusal))
        return redirect("admin:registrations_letter_change", pk)

    def resend_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        letter = self._letter(request, pk)
        try:
            number = resend_letter(letter, actor=organizer(request), now=timezone.now())
            sentence = ngettext("%(number)s mail is sent again.", "%(number)s mails are sent again.", number)
            messages.success(request, sentence % {"number": number})
        except DomainError as refusal:
            messages.warning(request, str(refusal))
        return redirect("admin:registrations_letter_change", pk)


def _page_of(letter: Letter, *, outcome: str, number: str | None) -> Page[Any]:
    """So many mails with what is said about each."""
    mails = mails_of(letter).filter(outcome_of_letter=outcome) if outcome in Outcome.values else mails_of(letter)
    page = Paginator(mails, ON_A_PAGE).get_page(number)
    page.object_list = [_line(message, letter) for message in page.object_list]
    return page


def _line(message: OutboxMessage, letter: Letter) -> dict[str, Any]:
    return {
        "mail": message,
        "person": message.participant,
        "outcome": Outcome(message.outcome_of_letter),
        "sent": short_meeting_time(message.sent_at, letter.meeting),
        "why": message.get_arrival_display() if message.outcome_of_letter == Outcome.BOUNCED else message.outcome[:120],
    }
