"""The questions of a meeting that its files speak of, and their answers in one language."""

from collections.abc import Mapping

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from registrations.enums import QuestionKind
from registrations.models import Meeting, Participant, Question
from registrations.queries.questions import questions_of
from registrations.rules.questions import NO, YES


def questions_told(meeting: Meeting) -> list[Question]:
    """What is asked, and what is asked no more and was answered by somebody; in order, with the options.

    Two statements, one where the meeting has no questions, and one more where something is asked no more.
    """
    questions = questions_of(meeting)
    given = _answers_given([question for question in questions if not question.is_asked])
    return [question for question in questions if question.is_asked or given[question.pk]]


def questions_in_words(meeting: Meeting) -> list[Question]:
    """Every question of the meeting but those that are answered with a file, in order, with the options; two statements at most."""
    return [question for question in questions_of(meeting) if question.kind != QuestionKind.FILE]


def choices_in_words(question: Question) -> Mapping[str, str]:
    """Each answer that can be chosen as it is read in the active language, by what is kept of it."""
    if question.kind == QuestionKind.YES_NO:
        return {YES: _("yes"), NO: _("no")}
    return {option.code: str(option) for option in question.options.all()} if question.kind == QuestionKind.CHOICE else {}


def _answers_given(questions: list[Question]) -> Mapping[int, int]:
    """How many participants have answered each, by its pk."""
    if not questions:
        return {}
    counts = {f"answers_{each.pk}": Count("pk", filter=Q(answers__has_key=each.code)) for each in questions}
    found = Participant.objects.filter(meeting=questions[0].meeting_id).aggregate(**counts)
    return {each.pk: found[f"answers_{each.pk}"] for each in questions}
