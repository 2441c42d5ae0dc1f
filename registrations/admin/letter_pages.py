"""The pages on which a letter is written, looked at and sent."""

from contextlib import suppress
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from csp.decorators import csp
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.clickjacking import xframe_options_sameorigin

from registrations.admin.actors import organizer
from registrations.admin.letter_form import LetterForm
from registrations.admin.letter_words import LANGUAGES, counted, message_for, placeholder_lines, previews
from registrations.admin.mail_parts import MAIL_POLICY, mail_parts
from registrations.admin.meeting_time import meeting_time
from registrations.enums import LetterStatus
from registrations.errors import DomainError
from registrations.exports.document_download import document_download
from registrations.forms.upload_limit import was_cut
from registrations.models import Letter, Participant
from registrations.operations.attach import attach, detach
from registrations.operations.draft_letter import discard_draft, save_draft
from registrations.operations.send_letter import check_letter, send_letter, send_trial
from registrations.queries.letters import in_order, numbers_by_language, reachable
from registrations.queries.search import search_participants

LISTED = 200


class LetterPages(admin.ModelAdmin):
    """Whoever may change letters writes and sends them; a draft is saved by every button of its page."""

    def get_urls(self) -> list[URLPattern]:
        frame = xframe_options_sameorigin(csp(MAIL_POLICY)(self.admin_site.admin_view(self.html_view)))
        own = [
            path("<int:pk>/send/", self.admin_site.admin_view(self.send_view), name="registrations_letter_send"),
            path("<int:pk>/discard/", self.admin_site.admin_view(self.discard_view), name="registrations_letter_discard"),
            path(
                "<int:pk>/attachment/<uuid:attachment_pk>/", self.admin_site.admin_view(self.attachment_view), name="registrations_letter_attachment"
            ),
            path("<int:pk>/html/<int:person_pk>/<str:language>/", frame, name="registrations_letter_html"),
        ]
        return [*own, *super().get_urls()]

    # --- writing ------------------------------------------------------------------------------------------------------
    def write_view(self, request: HttpRequest, letter: Letter) -> HttpResponse:
        """GET shows the draft; POST keeps what was typed and goes where the button leads."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        with timezone.override(ZoneInfo(letter.meeting.time_zone)):
            if request.method != "POST":
                return self._writing(request, letter, LetterForm(letter=letter), seen=letter.version)
            form, seen = _filled_in(request, letter), request.POST.get("seen", "")
            if not form.is_valid():
                return self._writing(request, letter, form, seen=seen)
            try:
                letter = save_draft(letter, texts=form.texts(), seen=seen, actor=organizer(request), now=timezone.now())
                return self._go_on(request, _with_files(request, letter, form))
            except DomainError as refusal:
                form.add_error(refusal.field, str(refusal))
                letter = Letter.objects.select_related("meeting").get(pk=letter.pk)
                return self._writing(request, letter, form, seen=letter.version)

    def _go_on(self, request: HttpRequest, letter: Letter) -> HttpResponse:
        page = reverse("admin:registrations_letter_change", args=[letter.pk])
        looked_at = request.POST.get("look") or request.POST.get("person", "")
        if looked_at:
            page += "?" + QueryDict.fromkeys(["person"], looked_at).urlencode()
        match request.POST.get("go", ""):
            case "send":
                check_letter(letter, now=timezone.now())
                return redirect("admin:registrations_letter_send", letter.pk)
            case "trial":
                send_trial(letter, to=request.user.email, actor=organizer(request), now=timezone.now())
                messages.success(request, _("The draft is saved, and a trial is on its way to %(address)s.") % {"address": request.user.email})
            case "save":
                messages.success(request, _("The draft is saved."))
            case _:
                page += "#preview"
        return redirect(page)

    def _writing(self, request: HttpRequest, letter: Letter, form: LetterForm, *, seen: str) -> HttpResponse:
        people = in_order(reachable(letter), language=request.LANGUAGE_CODE)
        numbers, words = numbers_by_language(letter, languages=LANGUAGES), request.GET.get("person", "")
        person = found(people, words)
        context = {
            "title": _("Letter to participants"),
            "form": form,
            "seen": seen,
            "zone": letter.meeting.time_zone,
            "numbers": counted(numbers),
            "total": sum(number for _code, number in numbers),
            "people": people[:LISTED],
            "unlisted": max(sum(number for _code, number in numbers) - LISTED, 0),
            "placeholders": placeholder_lines(),
            "attachments": letter.attachments.defer("content"),
            "words": words,
            "person": person,
            "previews": list(previews(letter, person, now=timezone.now())) if person else [],
        }
        return self._page(request, letter, "write.html", context)

    # --- sending ------------------------------------------------------------------------------------------------------
    def send_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """GET counts and shows once more; POST sends, if it is what was shown."""
        letter = self._letter(request, pk)
        if request.method == "POST":
            try:
                letter = send_letter(letter, seen=request.POST.get("seen", ""), actor=organizer(request), now=timezone.now())
            except DomainError as refusal:
                messages.error(request, str(refusal))
            else:
                _tell_sent(request, letter)
            return redirect("admin:registrations_letter_change", pk)
        try:
            check_letter(letter, now=timezone.now())
        except DomainError as refusal:
            messages.error(request, str(refusal))
            return redirect("admin:registrations_letter_change", pk)
        return self._asking(request, letter) if letter.status == LetterStatus.DRAFT else redirect("admin:registrations_letter_change", pk)

    def _asking(self, request: HttpRequest, letter: Letter) -> HttpResponse:
        numbers = numbers_by_language(letter, languages=LANGUAGES)
        person = in_order(reachable(letter), language=request.LANGUAGE_CODE).first()
        context = {
            "title": _("Send the letter"),
            "numbers": counted(numbers),
            "total": sum(number for _code, number in numbers),
            "due": meeting_time(letter.due_at, letter.meeting),
            "attachments": letter.attachments.defer("content"),
            "person": person,
            "previews": list(previews(letter, person, now=timezone.now())) if person else [],
        }
        return self._page(request, letter, "send.html", context)

    def discard_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """GET asks, POST discards."""
        letter = self._letter(request, pk)
        if request.method != "POST":
            return self._page(request, letter, "discard.html", {"title": _("Discard the draft")})
        try:
            discard_draft(letter, actor=organizer(request), now=timezone.now())
        except DomainError as refusal:
            messages.error(request, str(refusal))
            return redirect("admin:registrations_letter_change", pk)
        messages.success(request, _("The draft is discarded."))
        return redirect("admin:registrations_letter_changelist")

    # --- looking ------------------------------------------------------------------------------------------------------
    def html_view(self, request: HttpRequest, pk: int, person_pk: int, language: str) -> HttpResponse:
        """The HTML part for one recipient in one language, for a frame: nothing in it runs, and it leads nowhere."""
        letter = self.get_object(request, str(pk)) if self.has_view_permission(request) else None
        person = reachable(letter).filter(pk=person_pk).first() if letter else None
        if letter is None or person is None or language not in LANGUAGES:
            raise Http404
        now = timezone.now()
        return HttpResponse(mail_parts(message_for(letter, person, language=language, now=now), now=now).html)

    def attachment_view(self, request: HttpRequest, pk: int, attachment_pk: UUID) -> HttpResponseBase:
        """A file as it goes with the letter, for those who may read it."""
        letter = self.get_object(request, str(pk)) if self.has_view_permission(request) else None
        attachment = letter.attachments.filter(pk=attachment_pk).first() if letter else None
        if attachment is None:
            raise Http404
        return document_download(request, attachment)

    def _letter(self, request: HttpRequest, pk: int) -> Letter:
        if not self.has_change_permission(request):
            raise PermissionDenied
        letter: Letter | None = self.get_object(request, str(pk))
        if letter is None:
            raise Http404
        return letter

    def _page(self, request: HttpRequest, letter: Letter, template: str, context: dict[str, Any]) -> HttpResponse:
        shared = {**self.admin_site.each_context(request), "opts": self.opts, "original": letter}
        response = TemplateResponse(request, f"admin/registrations/letter/{template}", shared | context)
        return response.render()


def _filled_in(request: HttpRequest, letter: Letter) -> LetterForm:
    data, files = request.POST, request.FILES
    return LetterForm(data, files, letter=letter, was_cut=was_cut(request, "document"))


def _with_files(request: HttpRequest, letter: Letter, form: LetterForm) -> Letter:
    """The saved draft with the file that was chosen, or without the one that is not to go with it."""
    document, removed = form.attachment(), request.POST.get("detach", "")
    if document:
        letter = attach(letter, document=document, actor=organizer(request), now=timezone.now())
    if removed:
        with suppress(ValueError):
            letter = detach(letter, pk=UUID(removed), actor=organizer(request), now=timezone.now())
    return letter


def found(people: Any, words: str) -> Participant | None:
    """The recipient whom the words mean: a number from the list, or whatever a search understands; the first one where there are none."""
    if words.isdecimal():
        return people.filter(pk=int(words)).first()
    return search_participants(people, words=words).first()


def _tell_sent(request: HttpRequest, letter: Letter) -> None:
    number = letter.recipients.count()
    if letter.due_at:
        sentence = ngettext("%(number)s mail will be sent on %(moment)s.", "%(number)s mails will be sent on %(moment)s.", number)
    else:
        sentence = ngettext("%(number)s mail is on its way.", "%(number)s mails are on their way.", number)
    messages.success(request, sentence % {"number": number, "moment": meeting_time(letter.due_at, letter.meeting)})
