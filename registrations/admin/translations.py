"""The page that lists the texts of a meeting that are not the same in English and Spanish."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from registrations.admin.actors import organizer
from registrations.admin.meeting_pages import MeetingPages
from registrations.errors import DomainError
from registrations.models import DelegationType, Meeting, ProgrammeItem, Session, Speaker
from registrations.operations.confirm_translation import confirm_translation
from registrations.queries.translations import TextGap, text_gaps
from registrations.rules.translations import Gap

_WITH_A_PAGE = (DelegationType, Session, ProgrammeItem)


class TranslationPages(MeetingPages):
    """One page, and the number of such texts on the meeting's own."""

    def pages(self) -> dict[str, Any]:
        return super().pages() | {"translations": self.translations_view}

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, obj: Any = None, **kwargs: Any) -> HttpResponse:
        context["text_gaps"] = len(text_gaps(obj)) if obj else 0
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def translations_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The list; POST says of one text that its Spanish still holds."""
        meeting = self.meeting_to_change(request, pk)
        if request.method == "POST":
            self._confirm(request, meeting)
            return redirect(request.path)
        gaps = [(gap, _words(gap), _address(gap, meeting), gap.gap == Gap.SPANISH_OLDER) for gap in text_gaps(meeting)]
        return self.page_beside(request, meeting, "translations.html", {"title": _("Texts in both languages"), "gaps": gaps})

    def _confirm(self, request: HttpRequest, meeting: Meeting) -> None:
        try:
            confirm_translation(meeting, key=request.POST.get("text", ""), actor=organizer(request), now=timezone.now())
        except DomainError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The Spanish text counts as up to date."))


def _words(gap: TextGap) -> str:
    return {
        Gap.NO_ENGLISH: _("The English text is missing."),
        Gap.NO_SPANISH: _("The Spanish text is missing."),
        Gap.SPANISH_OLDER: _("The English text has changed since the Spanish one was written."),
    }[gap.gap]


def _address(gap: TextGap, meeting: Meeting) -> str:
    """Where the text is edited: the record's own page, or that of the record in which it stands."""
    record = gap.record.item if isinstance(gap.record, Speaker) else gap.record
    record = record if isinstance(record, _WITH_A_PAGE) else meeting
    return reverse(f"admin:registrations_{record._meta.model_name}_change", args=[record.pk])
