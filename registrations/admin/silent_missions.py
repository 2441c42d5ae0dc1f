"""Who was expected, who has answered, and who has not and is written to: pages beside that of a delegation type."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from registrations import mail
from registrations.admin.actors import organizer
from registrations.admin.history_words import history_lines
from registrations.admin.language_names import language_name
from registrations.admin.mail_words import chase_text
from registrations.enums import ChaseWording
from registrations.errors import DomainError
from registrations.models import DelegationType, ExpectedDelegation
from registrations.operations.chase import chase
from registrations.operations.expect import expect_all_eligible
from registrations.outbox import chase_of
from registrations.queries.expected import answered_of, chases_of, expected_of, to_be_chased, window_of_type
from registrations.rules.chasing import languages_for


@dataclass(frozen=True)
class _Silent:
    """A row of those who have not answered: in which languages they would be written to, and the mail that was written."""

    expected: ExpectedDelegation
    language: str
    written: str


@dataclass(frozen=True)
class _Letter:
    languages: str
    lang: str
    subject: str
    text: str


class SilentPages(admin.ModelAdmin):
    """Reading takes the right to view expected delegations, adding to add, writing to change them."""

    def get_urls(self) -> list[URLPattern]:
        pages = {"expected": self.expected_view, "expect-all": require_POST(self.expect_all_view), "chase": self.chase_view}
        own = [
            path(f"<int:pk>/{name}/", self.admin_site.admin_view(view), name=f"registrations_delegationtype_{name.replace('-', '_')}")
            for name, view in pages.items()
        ]
        return [*own, *super().get_urls()]

    def expected_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        delegation_type = _type_for(request, pk, "view", "change", "add")
        expected, answered = (read(delegation_type, language=request.LANGUAGE_CODE) for read in (expected_of, answered_of))
        silent = [each for each in expected if each.answer is None]
        mails = chases_of(silent)
        meeting = delegation_type.meeting
        context = {
            "title": _("Expected and silent: %(type)s") % {"type": delegation_type.plural},
            "expected": len(expected),
            "silent": [_Silent(each, _language(each), chase_text(mails.get(each.pk), meeting=meeting)) for each in silent],
            "answered": [delegation for delegation, is_expected in answered if is_expected],
            "unexpected": [delegation for delegation, is_expected in answered if not is_expected],
            "to_be_chased": sum(bool(each.mailbox) and each.pk not in mails for each in silent),
            "without_address": sum(not each.mailbox for each in silent),
            "history": list(history_lines(delegation_type.history.all(), meeting=meeting)),
        }
        return self._page(request, delegation_type, "expected.html", context)

    def expect_all_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        delegation_type = _type_for(request, pk, "add")
        number = expect_all_eligible(delegation_type, actor=organizer(request), now=timezone.now())
        sentence = ngettext("%(number)s was put on the list.", "%(number)s were put on the list.", number)
        messages.success(request, sentence % {"number": number} if number else _("Everybody eligible was on the list already."))
        return redirect("admin:registrations_delegationtype_expected", pk)

    def chase_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """GET shows who would be written to and what; POST writes to those of them who are still silent."""
        delegation_type = _type_for(request, pk, "change")
        wording = _wording(request)
        if request.method != "POST":
            return self._preview(request, delegation_type, wording)
        try:
            written = chase(delegation_type, chosen=_chosen(request), wording=wording, actor=organizer(request), now=timezone.now())
        except DomainError as refusal:
            messages.error(request, str(refusal))
        else:
            sentence = ngettext("%(number)s mail is on its way.", "%(number)s mails are on their way.", len(written))
            messages.success(request, sentence % {"number": len(written)})
        return redirect("admin:registrations_delegationtype_expected", pk)

    def _preview(self, request: HttpRequest, delegation_type: DelegationType, wording: ChaseWording) -> HttpResponse:
        silent = to_be_chased(expected_of(delegation_type, language=request.LANGUAGE_CODE))
        context = {
            "title": _("Write to those who have not answered"),
            "is_open": delegation_type.meeting.is_published and window_of_type(delegation_type, now=timezone.now()).is_open,
            "wordings": [(choice, choice == wording) for choice in ChaseWording],
            "wording": wording,
            "silent": [(each, _names(languages_for(each.language, wording))) for each in silent],
            "chosen": ",".join(str(each.pk) for each in silent),
            "letters": list(_letters(silent, wording)),
        }
        return self._page(request, delegation_type, "chase.html", context)

    def _page(self, request: HttpRequest, delegation_type: DelegationType, template: str, context: dict[str, Any]) -> HttpResponse:
        shared = {**self.admin_site.each_context(request), "opts": self.opts, "original": delegation_type, "meeting": delegation_type.meeting}
        return TemplateResponse(request, f"admin/registrations/delegationtype/{template}", shared | context)


def _type_for(request: HttpRequest, pk: int, *rights: str) -> DelegationType:
    if not any(request.user.has_perm(f"registrations.{right}_expecteddelegation") for right in rights):
        raise PermissionDenied
    delegation_type = DelegationType.objects.select_related("meeting").filter(pk=pk).first()
    if delegation_type is None:
        raise Http404
    return delegation_type


def _wording(request: HttpRequest) -> ChaseWording:
    chosen = (request.POST or request.GET).get("wording", "")
    return ChaseWording(chosen) if chosen in ChaseWording else ChaseWording.OWN


def _chosen(request: HttpRequest) -> set[int]:
    return {int(key) for key in request.POST.get("chosen", "").split(",") if key.isdecimal()}


def _language(expected: ExpectedDelegation) -> str:
    return language_name(expected.language) if expected.language else "–"


def _names(languages: Iterable[str]) -> str:
    return ", ".join(language_name(code) for code in languages)


def _letters(silent: Iterable[ExpectedDelegation], wording: ChaseWording) -> Iterator[_Letter]:
    """One mail in each language, or pair of languages, that is needed, as it would be written now."""
    now, first = timezone.now(), dict[tuple[str, ...], ExpectedDelegation]()
    for each in silent:
        first.setdefault(tuple(languages_for(each.language, wording)), each)
    for languages, expected in first.items():
        written = mail.preview(chase_of(expected, languages=languages, now=now), now=now)
        if written:
            yield _Letter(_names(languages), languages[0] if len(languages) < len(settings.LANGUAGES) else "", written.subject, written.body)
