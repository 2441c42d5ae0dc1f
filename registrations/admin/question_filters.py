"""Narrowing by the answers to a meeting's own questions: first the question, then what was answered, so that ten questions take two boxes."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from registrations.admin.filters import ChoiceOf, own_meetings
from registrations.models import Question
from registrations.queries.desk_rights import of_meetings
from registrations.queries.own_answers import ANY, NONE, answering, answers_offered, concerned_by, lacking_answers
from registrations.queries.questions import answer_words


class _AboutQuestions(ChoiceOf):
    """At one meeting at a time, the chosen one or the only one that has questions; they are read once for all of these filters."""

    questions: list[Question]

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> Sequence[tuple[str, Any]]:
        if not hasattr(request, "own_questions"):
            request.own_questions = _at_one_meeting(request, own_meetings(request, model_admin))
        self.questions = request.own_questions
        return self.offered(request)

    def offered(self, request: HttpRequest) -> Sequence[tuple[str, Any]]:
        raise NotImplementedError


class QuestionFilter(_AboutQuestions):
    """Those who are asked the question."""

    title = pgettext_lazy("filter", "question of the meeting")
    parameter_name = "question"

    def offered(self, request: HttpRequest) -> Sequence[tuple[str, Any]]:
        return [(str(question.pk), str(question)) for question in self.questions]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        question = _chosen(request, self.questions)
        return concerned_by(queryset, question=question) if question else queryset


class AnswerToQuestionFilter(_AboutQuestions):
    """What they answered to the question that QuestionFilter has; there only where one is chosen."""

    title = pgettext_lazy("filter", "answer to the question")
    parameter_name = "answered"

    def offered(self, request: HttpRequest) -> Sequence[tuple[str, Any]]:
        question = _chosen(request, self.questions)
        if question is None:
            return []
        answers = [(answer, capfirst(answer_words(answer, question))) for answer in answers_offered(question)]
        return [*answers, (ANY, _("Any answer")), (NONE, _("No answer"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        question, answer = _chosen(request, self.questions), self.value()
        return answering(queryset, question=question, answer=answer) if question and answer else queryset


class RequiredFilter(_AboutQuestions):
    """Those who are asked something that has to be answered, and have not answered it."""

    title = pgettext_lazy("filter", "answers required")
    parameter_name = "required"

    def offered(self, request: HttpRequest) -> Sequence[tuple[str, Any]]:
        return [("missing", pgettext_lazy("answers required", "missing"))] if self._required() else []

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return lacking_answers(queryset, questions=self._required()) if self.value() else queryset

    def _required(self) -> list[Question]:
        return [question for question in self.questions if question.is_required and question.is_asked]


def _at_one_meeting(request: HttpRequest, own: frozenset[int] | None) -> list[Question]:
    """Three statements, one where nothing is asked."""
    questions = of_meetings(Question.objects.prefetch_related("options", "delegation_types"), own)
    chosen = request.GET.get("meeting", "")
    if chosen.isdecimal():
        return list(questions.filter(meeting=chosen))
    found = list(questions)
    return found if len({question.meeting_id for question in found}) == 1 else []


def _chosen(request: HttpRequest, questions: Sequence[Question]) -> Question | None:
    return next((question for question in questions if str(question.pk) == request.GET.get("question")), None)
