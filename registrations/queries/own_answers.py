"""Who answered a meeting's own question, and with what."""

from collections.abc import Iterable, Sequence
from functools import reduce
from operator import or_

from django.db.models import Case, Count, Q, QuerySet, TextField, Value, When
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from registrations.enums import QuestionKind, Status
from registrations.models import Participant, Question
from registrations.rules.questions import NO, YES

ANY, NONE = "ANY", "NONE"
"""Beside the codes of the options: any answer at all, and none from somebody who is asked."""
CLOSED = frozenset({QuestionKind.CHOICE, QuestionKind.YES_NO})
"""The kinds whose answers are few."""


def answers_offered(question: Question) -> list[str]:
    """The answers from which one chooses; none to a question that is answered freely."""
    if question.kind == QuestionKind.YES_NO:
        return [YES, NO]
    return [option.code for option in question.options.all()]


def has_answers(question: Question) -> bool:
    """Whether anybody answered, whatever became of them."""
    return _people(question).filter(_given(question)).exists()


def codes_chosen(question: Question) -> set[str]:
    """The options that anybody chose, whatever became of them."""
    answers = _people(question).annotate(given=_answer(question)).order_by()
    return set(answers.exclude(given=None).values_list("given", flat=True).distinct())


def concerned_by(people: QuerySet[Participant], *, question: Question) -> QuerySet[Participant]:
    """Those who are asked the question, or answered it when they were."""
    return people.filter(_given(question) | _asked(question), meeting=question.meeting_id)


def answering(people: QuerySet[Participant], *, question: Question, answer: str) -> QuerySet[Participant]:
    """Those of the question's meeting who gave the answer; ANY and NONE as said there."""
    of_meeting = people.filter(meeting=question.meeting_id)
    if answer == ANY:
        return of_meeting.filter(_given(question))
    if answer == NONE:
        return of_meeting.filter(~_given(question), _asked(question))
    return of_meeting.alias(given=_answer(question)).filter(given=answer)


def lacking_answers(people: QuerySet[Participant], *, questions: Iterable[Question]) -> QuerySet[Participant]:
    """Those who are asked one of the questions and have no answer to it."""
    lacking = [Q(meeting=each.meeting_id) & ~_given(each) & _asked(each) for each in questions]
    return people.filter(reduce(or_, lacking)) if lacking else people.none()


def counted(question: Question) -> dict[str, int]:
    """How many of those confirmed gave each answer, and how many who are asked none; in one statement.

    Texts and files are counted together, under ANY.
    """
    answer = _answer(question) if question.kind in CLOSED else Case(When(_given(question), then=Value(ANY)))
    people = concerned_by(Participant.objects.filter(status=Status.CONFIRMED), question=question)
    rows = people.annotate(given=answer).order_by().values_list("given").annotate(number=Count("pk"))
    return {given or NONE: number for given, number in rows}


def numbers_answered(questions: Sequence[Question]) -> dict[int, int]:
    """How many of those confirmed answered each of the questions, by its key; in one statement, none for no question."""
    counts = {f"question_{each.pk}": Count("pk", filter=Q(meeting=each.meeting_id) & _given(each)) for each in questions}
    if not counts:
        return {}
    people = Participant.objects.filter(meeting__in={each.meeting_id for each in questions}, status=Status.CONFIRMED)
    found = people.aggregate(**counts)
    return {each.pk: found[f"question_{each.pk}"] for each in questions}


def _people(question: Question) -> QuerySet[Participant]:
    return Participant.objects.filter(meeting=question.meeting_id)


def _answer(question: Question) -> Cast:
    return Cast(KeyTextTransform(question.code, "answers"), TextField())


def _given(question: Question) -> Q:
    return Q(answers__has_key=question.code)


def _asked(question: Question) -> Q:
    """That the question is, or was, put to people of their type; what was erased is asked of nobody."""
    types = [each.pk for each in question.delegation_types.all()]
    return Q(erased_at=None, delegation__type__in=types) if types else Q(erased_at=None)
