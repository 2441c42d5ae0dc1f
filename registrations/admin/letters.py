"""Letters of the secretariat to participants: drafts, and what was sent."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from registrations.admin.filters import MeetingFilter
from registrations.admin.letter_progress import LetterProgress
from registrations.admin.letter_words import OUTCOMES
from registrations.admin.meeting_time import short_meeting_time
from registrations.enums import LetterStatus
from registrations.models import Letter
from registrations.queries.letters import outcomes


@admin.register(Letter)
class LetterAdmin(LetterProgress):
    """A letter is begun at the list of participants, with those who are ticked there."""

    list_display = ["subject_text", "state", "number", "progress", "leaves", "written_by"]
    list_filter = [MeetingFilter, "status"]
    list_per_page = 100
    list_max_show_all = 500
    ordering = ["-created_at"]
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    search_fields = ["subject_en", "subject_es"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Letter]:
        return super().get_queryset(request).select_related("meeting")

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        changelist = super().get_changelist_instance(request)
        numbers = dict(
            Letter.recipients.through.objects.filter(letter__in=[letter.pk for letter in changelist.result_list])
            .values_list("letter")
            .annotate(Count("pk"))
        )
        counted = outcomes([letter.pk for letter in changelist.result_list])
        for letter in changelist.result_list:
            letter.number_of_recipients = numbers.get(letter.pk, 0)
            letter.outcomes = counted.get(letter.pk, {})
        return changelist

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Letter | None = None) -> bool:
        return False

    def changeform_view(self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        letter: Letter | None = self.get_object(request, unquote(object_id or ""))
        if letter is None:
            raise Http404
        return self.write_view(request, letter) if letter.status == LetterStatus.DRAFT else self.progress_view(request, letter)

    # --- columns ------------------------------------------------------------------------------------------------------
    @admin.display(description=_("subject"))
    def subject_text(self, letter: Letter) -> str:
        return str(letter)

    @admin.display(description=_("recipients"))
    def number(self, letter: Letter) -> int:
        return letter.number_of_recipients

    @admin.display(description=_("status"), ordering="status")
    def state(self, letter: Letter) -> str:
        is_waiting = letter.status == LetterStatus.SENT and letter.due_at and letter.due_at > timezone.now()
        return str(pgettext("letter", "scheduled") if is_waiting else letter.get_status_display())

    @admin.display(description=pgettext_lazy("column", "mails"))
    def progress(self, letter: Letter) -> SafeString | str:
        """E.g. "failed: 1, sent: 12"."""
        counted = ((outcome, words, letter.outcomes[outcome]) for outcome, words in OUTCOMES.items() if outcome in letter.outcomes)
        return format_html_join(", ", '<span class="mails-{}">{}: {}</span>', ((outcome.value, words, number) for outcome, words, number in counted))

    @admin.display(description=_("to be sent"), ordering="due_at")
    def leaves(self, letter: Letter) -> str:
        return short_meeting_time(letter.due_at or letter.sent_at, letter.meeting)
