"""A meeting's own questions: what participants are asked beyond what every meeting asks, and how many answered what."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlencode

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from registrations.admin.bilingual_fields import LabelledFields, side_by_side
from registrations.admin.filters import MeetingFilter
from registrations.admin.programme_record import ProgrammeRecord
from registrations.admin.question_forms import OptionFormSet, QuestionForm, fresh_question
from registrations.models import Question, QuestionOption
from registrations.queries.own_answers import ANY, CLOSED, NONE, answers_offered, counted, numbers_answered
from registrations.queries.questions import answer_words


class OptionInline(LabelledFields, admin.StackedInline):
    model = QuestionOption
    formset = OptionFormSet
    fields = [("order", "code"), *side_by_side("text")]

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        """A new question begins with two blank rows, which are passed over unless they are filled in."""
        return 0 if obj else 2


class QuestionList(ChangeList):
    """The questions of the page, each with the number of those who answered, in one statement."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        self.result_list = list(self.result_list)
        numbers = numbers_answered(self.result_list)
        for question in self.result_list:
            question.number_answered = numbers[question.pk]


@admin.register(Question)
class QuestionAdmin(ProgrammeRecord):
    parent = "meeting"
    form = QuestionForm
    list_display = ["question_text", "answered", "kind", "is_required", "is_asked", "asked_of", "meeting"]
    list_filter = [MeetingFilter]
    list_select_related = ["meeting"]
    list_per_page = 50
    search_fields = ["text_en", "text_es", "code"]
    ordering = ["-meeting", "order", "pk"]
    fieldsets = [
        (None, {"fields": ["meeting", ("order", "code"), "kind", *side_by_side("text", "help"), ("is_required", "is_asked"), "delegation_types"]})
    ]
    inlines = [OptionInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Question]:
        return super().get_queryset(request).prefetch_related("delegation_types")

    def get_list_display(self, request: HttpRequest) -> list[str]:
        """Without the meeting where the list is that of one meeting."""
        of_one = MeetingFilter.parameter_name in request.GET
        return [column for column in super().get_list_display(request) if column != "meeting" or not of_one]

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[QuestionList]:
        return QuestionList

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """A question that is added from the list of one meeting is that meeting's."""
        given = super().get_changeform_initial_data(request)
        [from_list] = parse_qs(request.GET.get("_changelist_filters", "")).get("meeting", [""])[:1]
        return fresh_question(str(given.get("meeting", from_list))) | given

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, obj: Any = None, **kwargs: Any) -> HttpResponse:
        if obj and request.user.has_perm("registrations.view_participant"):
            context["counts"] = list(_counts(obj))
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    @admin.display(description=_("question"))
    def question_text(self, question: Question) -> str:
        return str(question)

    @admin.display(description=_("asked of"))
    def asked_of(self, question: Question) -> str:
        return ", ".join(str(each) for each in question.delegation_types.all()) or str(pgettext_lazy("types of delegation", "all"))

    @admin.display(description=_("answered, of those confirmed"))
    def answered(self, question: Question) -> SafeString | int:
        number = question.number_answered
        return format_html('<a href="{}">{}</a>', rows_address(question, ANY), number) if number else 0


def rows_address(question: Question, answer: str) -> str:
    """The list of those confirmed who gave the answer."""
    wanted = {"meeting": question.meeting_id, "status__exact": "confirmed", "question": question.pk, "answered": answer}
    return f"{reverse('admin:registrations_participant_changelist')}?{urlencode(wanted)}"


def _counts(question: Question) -> Iterator[tuple[str, int, str]]:
    """Each answer in words, how many gave it, and the address of exactly those."""
    numbers = counted(question)
    for answer in (*_offered(question, numbers), NONE):
        words = {ANY: _("answered"), NONE: _("no answer")}.get(answer) or answer_words(answer, question)
        yield str(words), numbers.get(answer, 0), rows_address(question, answer)


def _offered(question: Question, numbers: dict[str, int]) -> list[str]:
    if question.kind not in CLOSED:
        return [ANY]
    offered = answers_offered(question)
    return [*offered, *sorted(numbers.keys() - {*offered, NONE})]
