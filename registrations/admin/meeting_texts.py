"""The automatic mails of a meeting in its own words: a list of the kinds, and a page for each."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from registrations.admin.actors import organizer
from registrations.admin.language_names import language_name
from registrations.admin.letter_form import BilingualTextForm
from registrations.admin.letter_words import LANGUAGES
from registrations.admin.meeting_pages import MeetingPages
from registrations.admin.meeting_time import meeting_time
from registrations.enums import MessageKind
from registrations.errors import DomainError
from registrations.mail.adapted import reworded, sample, shipped
from registrations.models import Meeting
from registrations.operations.adapt_text import adapt_text, restore_text
from registrations.queries.meeting_texts import adapted_kinds, version_of, wordings
from registrations.rules.meeting_texts import INLINE, TextPlaceholder, required

_MEANINGS: dict[TextPlaceholder, Any] = {
    TextPlaceholder.MEETING: gettext_lazy("title of the meeting"),
    TextPlaceholder.NAME: gettext_lazy("name of the recipient"),
    TextPlaceholder.DELEGATION: gettext_lazy("State or organization, in the language of the mail"),
    TextPlaceholder.SESSION: gettext_lazy("title of the session"),
    TextPlaceholder.DAY: gettext_lazy("day of the session"),
    TextPlaceholder.TIME_LEFT: gettext_lazy("time left until the session begins"),
    TextPlaceholder.WHAT_TO_DO: gettext_lazy("what the recipient has to do at that moment; alone on its line"),
    TextPlaceholder.DETAILS: gettext_lazy("all data of the mail: session and hours, reason, reference, personal page; alone on its line"),
}


class MeetingTextPages(MeetingPages):
    """Below the meeting's own page, for those who may change meetings."""

    def get_urls(self) -> list[URLPattern]:
        page, view = "<int:pk>/texts/", self.admin_site.admin_view
        own = [
            path(page, view(self.texts_view), name="registrations_meeting_texts"),
            path(f"{page}<str:kind>/", view(self.text_view), name="registrations_meeting_text"),
            path(f"{page}<str:kind>/restore/", view(self.restore_view), name="registrations_meeting_restore_text"),
        ]
        return [*own, *super().get_urls()]

    def texts_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        meeting = self.meeting_to_change(request, pk)
        own = adapted_kinds(meeting)
        kinds = [(kind, own.get(kind), meeting_time(own[kind].changed_at, meeting) if kind in own else "") for kind in INLINE]
        return self.page_beside(request, meeting, "texts.html", {"title": _("Texts of the automatic mails"), "kinds": kinds})

    def text_view(self, request: HttpRequest, pk: int, kind: str) -> HttpResponse:
        """GET shows the wording in force; POST previews what was typed, or puts it in force."""
        meeting, kind = self.meeting_to_change(request, pk), _known(kind)
        own = wordings(meeting, kind)
        form = BilingualTextForm(request.POST or None, initial=_in_force(meeting, kind))
        seen = request.POST.get("seen", "") if form.is_bound else version_of(own)
        if form.is_bound and form.is_valid() and "preview" not in request.POST:
            try:
                adapt_text(meeting, kind, texts=form.cleaned_data, seen=seen, actor=organizer(request), now=timezone.now())
                messages.success(request, _("The text is in force: mails that leave from now on are worded so."))
                return redirect("admin:registrations_meeting_text", pk, kind)
            except DomainError as refusal:
                form.add_error(None, str(refusal))
                seen = version_of(wordings(meeting, kind))
        context = {
            "title": capfirst(kind.label),
            "form": form,
            "seen": seen,
            "is_adapted": bool(own),
            "kind": kind,
            "placeholders": [(each.written, _MEANINGS[each]) for each in (*INLINE[kind], *required(kind))],
            "previews": list(_previews(meeting, kind, form.cleaned_data if form.is_bound and form.is_valid() else form.initial)),
        }
        return self.page_beside(request, meeting, "text.html", context)

    def restore_view(self, request: HttpRequest, pk: int, kind: str) -> HttpResponse:
        """GET asks, POST forgets the meeting's own wording."""
        meeting, kind = self.meeting_to_change(request, pk), _known(kind)
        if request.method != "POST":
            return self.page_beside(request, meeting, "restore_text.html", {"title": _("Back to the shipped text"), "kind": kind})
        restore_text(meeting, kind)
        messages.success(request, _("The shipped text is in force again."))
        return redirect("admin:registrations_meeting_text", pk, kind)


def _known(kind: str) -> MessageKind:
    if kind not in set(INLINE):
        raise Http404
    return MessageKind(kind)


def _in_force(meeting: Meeting, kind: MessageKind) -> dict[str, str]:
    """Subject and text in both languages: the meeting's own, or as they ship."""
    texts: dict[str, str] = {}
    for code in LANGUAGES:
        texts[f"subject_{code}"], texts[f"text_{code}"] = shipped(kind, meeting=meeting, language=code)
    for own in wordings(meeting, kind):
        texts |= {f"subject_{own.language}": own.subject, f"text_{own.language}": own.text}
    return texts


def _previews(meeting: Meeting, kind: MessageKind, texts: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    """The mail in each language about somebody who is made up."""
    for code in LANGUAGES:
        with override(code):
            letter = sample(kind, meeting=meeting, language=code)
            name = letter.context["people"][0]["name"]
            letter = reworded(letter, kind=kind, subject=texts[f"subject_{code}"], text=texts[f"text_{code}"], name=name)
            subject, text = letter.subject, letter.text
        yield {"language": code, "name": language_name(code), "subject": subject, "text": text}
