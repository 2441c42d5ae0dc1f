"""The automatic mails of a meeting in its own words: a list of them, and a page for each."""

from collections.abc import Mapping
from typing import Any

from csp.decorators import csp
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin

from registrations.admin.actors import organizer
from registrations.admin.letter_form import BilingualTextForm
from registrations.admin.letter_words import LANGUAGES
from registrations.admin.mail_parts import MAIL_POLICY
from registrations.admin.meeting_pages import MeetingPages
from registrations.admin.meeting_time import meeting_time
from registrations.admin.text_words import RECIPIENTS, TypedTexts, html_part, placeholder_lines, previews
from registrations.enums import AutomaticMail
from registrations.errors import DomainError, TextChangedMeanwhile
from registrations.mail.standard_texts import standard_texts
from registrations.models import Meeting
from registrations.operations.adapt_text import adapt_text, check_text, restore_text
from registrations.queries.meeting_texts import adapted_mails, in_use, version_of, wordings


class MeetingTextPages(MeetingPages):
    """Below the meeting's own page, for those who may change meetings."""

    def get_urls(self) -> list[URLPattern]:
        page, view = "<int:pk>/texts/", self.admin_site.admin_view
        frame = xframe_options_sameorigin(csp(MAIL_POLICY)(view(self.text_html_view)))
        own = [
            path(page, view(self.texts_view), name="registrations_meeting_texts"),
            path(f"{page}<str:kind>/", view(self.text_view), name="registrations_meeting_text"),
            path(f"{page}<str:kind>/html/<str:language>/", frame, name="registrations_meeting_text_html"),
            path(f"{page}<str:kind>/restore/", view(self.restore_view), name="registrations_meeting_restore_text"),
        ]
        return [*own, *super().get_urls()]

    def texts_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        meeting = self.meeting_to_change(request, pk)
        own = adapted_mails(meeting)
        groups = [
            (words, [(mail, own.get(mail), meeting_time(own[mail].changed_at, meeting) if mail in own else "") for mail in mails])
            for words, mails in RECIPIENTS
        ]
        return self.page_beside(request, meeting, "texts.html", {"title": _("Texts of the automatic mails"), "groups": groups})

    def text_view(self, request: HttpRequest, pk: int, kind: str) -> HttpResponse:
        """GET shows the wording in use; POST previews what was typed, or puts it into use."""
        meeting, mail = self.meeting_to_change(request, pk), _known(kind)
        own = wordings(meeting, mail)
        form = BilingualTextForm(request.POST or None, initial=in_use(own, standard=standard_texts(mail, meeting=meeting)))
        seen = request.POST.get("seen", "") if form.is_bound else version_of(own)
        if form.is_bound and form.is_valid():
            try:
                if "preview" not in request.POST:
                    return self._save(request, meeting, mail, texts=form.cleaned_data)
                check_text(meeting, mail, texts=form.cleaned_data)
            except DomainError as refusal:
                form.add_error(None, capfirst(str(refusal)))
                seen = version_of(own) if isinstance(refusal, TextChangedMeanwhile) else seen
        return self._writing(request, meeting, mail, form, {"seen": seen, "is_adapted": bool(own)})

    def _save(self, request: HttpRequest, meeting: Meeting, mail: AutomaticMail, *, texts: Mapping[str, str]) -> HttpResponse:
        standard, seen = standard_texts(mail, meeting=meeting), request.POST.get("seen", "")
        adapt_text(meeting, mail, texts=texts, standard=standard, seen=seen, actor=organizer(request), now=timezone.now())
        messages.success(request, _("The text is saved: mails that leave from now on are worded so."))
        return redirect("admin:registrations_meeting_text", meeting.pk, mail.value)

    def _writing(self, request: HttpRequest, meeting: Meeting, mail: AutomaticMail, form: BilingualTextForm, context: dict[str, Any]) -> HttpResponse:
        """With the mail as it looks, unless it was refused. The frames read what was typed from the session."""
        may_be_shown = not form.is_bound or form.is_valid()
        texts: Mapping[str, str] = form.cleaned_data if form.is_bound else form.initial
        context |= {
            "title": capfirst(mail.label),
            "kind": mail,
            "form": form,
            "placeholders": placeholder_lines(mail),
            "typed": TypedTexts(request.session, meeting, mail).keep(texts) if may_be_shown and form.is_bound else "",
            "previews": list(previews(meeting, mail, texts)) if may_be_shown else [],
        }
        return self.page_beside(request, meeting, "text.html", context)

    def text_html_view(self, request: HttpRequest, pk: int, kind: str, language: str) -> HttpResponse:
        """The HTML part of the mail in one language, in the text in use or, with `typed`, as it was typed last; for a frame."""
        meeting, mail = self.meeting_to_change(request, pk), _known(kind)
        texts: Mapping[str, str] | None = in_use(wordings(meeting, mail), standard=standard_texts(mail, meeting=meeting))
        if typed := request.GET.get("typed"):
            texts = TypedTexts(request.session, meeting, mail).kept(typed)
        if texts is None or language not in LANGUAGES:
            raise Http404
        return HttpResponse(html_part(meeting, mail, texts, language=language))

    def restore_view(self, request: HttpRequest, pk: int, kind: str) -> HttpResponse:
        """GET asks, POST forgets the meeting's own wording."""
        meeting, mail = self.meeting_to_change(request, pk), _known(kind)
        if request.method != "POST":
            return self.page_beside(request, meeting, "restore_text.html", {"title": _("Back to the standard text"), "kind": mail})
        restore_text(meeting, mail, standard=standard_texts(mail, meeting=meeting), actor=organizer(request), now=timezone.now())
        messages.success(request, _("The standard text is used again."))
        return redirect("admin:registrations_meeting_text", pk, kind)


def _known(kind: str) -> AutomaticMail:
    if kind not in AutomaticMail.values:
        raise Http404
    return AutomaticMail(kind)
