"""The questions of a meeting's own, and the answers in words."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, prefetch_related_objects
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from registrations.enums import QuestionKind
from registrations.models import AnswerDocument, DelegationType, Meeting, Participant, Question
from registrations.rules.questions import FIELD, YES, Asked, document_of


@dataclass(frozen=True)
class Answered:
    """A question, its answer as it stands by itself beside the question, and the number of the file where it was answered with one."""

    question: Question
    words: str
    document: str = ""


def questions_for(delegation_type: DelegationType) -> list[Question]:
    """What the participants of this type are asked, in order, with the answers to choose from.

    Two statements for the type at hand, one where nothing is asked, none where it came from `type_invited` and its meeting has no questions.
    """
    if delegation_type.asked is None:
        questions = Question.objects.filter(meeting=delegation_type.meeting_id, is_asked=True)
        for_all_or_this = Q(delegation_types=None) | Q(delegation_types=delegation_type)
        delegation_type.asked = list(questions.filter(for_all_or_this).prefetch_related("options"))
    return delegation_type.asked


def asked_of_all(people: Iterable[Participant]) -> list[Question]:
    """What every one of these people is asked, in order; nothing where they are of several meetings. Two statements, one where nothing is asked."""
    pairs = {(person.meeting_id, person.delegation.type_id) for person in people}
    meetings, types = {meeting for meeting, _type in pairs}, {type_id for _meeting, type_id in pairs}
    if len(meetings) != 1:
        return []
    questions = Question.objects.filter(meeting__in=meetings, is_asked=True).prefetch_related("delegation_types")
    limits = [(question, {each.pk for each in question.delegation_types.all()}) for question in questions]
    return [question for question, limit in limits if not limit or types <= limit]


def type_invited(slug: str, code: str) -> DelegationType | None:
    """The type of delegation of a published meeting, with the meeting, in one statement."""
    has_questions = Exists(Question.objects.filter(meeting=OuterRef("meeting"), is_asked=True))
    types = DelegationType.objects.select_related("meeting").annotate(has_questions=has_questions)
    found = types.filter(meeting__slug=slug, meeting__is_published=True, code=code).first()
    if found and not found.has_questions:
        found.asked = []
    return found


def asked(questions: Iterable[Question]) -> list[Asked]:
    """The questions as the rules know them."""
    return [
        Asked(each.code, QuestionKind(each.kind), each.is_required, options=frozenset(option.code for option in each.options.all()))
        for each in questions
    ]


def questions_of(meeting: Meeting) -> list[Question]:
    """Every question of the meeting, also those asked no more, in order, with their options; read once for the meeting at hand."""
    prefetch_related_objects([meeting], "questions__options")
    return list(meeting.questions.all())


def file_names(numbers: Iterable[UUID]) -> dict[UUID, str]:
    """The names of the files that are kept, by number; no statement where none is asked for."""
    wanted = list(numbers)
    return dict(AnswerDocument.objects.filter(pk__in=wanted).values_list("pk", "file_name")) if wanted else {}


def document_with_content(participant: Participant, pk: UUID) -> AnswerDocument | None:
    """One of the files with which the participant answers; None for any that is not theirs."""
    return participant.documents.filter(pk=pk).first()


def question_called(field: str, *, meeting: Meeting) -> Question | None:
    """The question whose field this is."""
    return next((each for each in questions_of(meeting) if FIELD + each.code == field), None)


def answers_given(participant: Participant, *, meeting: Meeting) -> list[Answered]:
    """What somebody answered at the meeting, in the order of its questions and in the active language; no statement where nothing was answered."""
    return list(_in_words(participant.answers, questions_of(meeting))) if participant.answers else []


def answer_words(answer: str, question: Question | None) -> str:
    """An answer as it is read in the active language: an option by its text, a file by its name, "" where there is none."""
    if not answer or question is None or question.kind == QuestionKind.TEXT:
        return answer
    if question.kind == QuestionKind.YES_NO:
        return _("yes") if answer == YES else _("no")
    if question.kind == QuestionKind.FILE:
        return document_of(answer)[1]
    chosen = next((option for option in question.options.all() if option.code == answer), None)
    return str(chosen) if chosen else answer


def _in_words(answers: Mapping[str, str], questions: Iterable[Question]) -> Iterator[Answered]:
    for question in questions:
        if answer := answers.get(question.code, ""):
            document = str(document_of(answer)[0]) if question.kind == QuestionKind.FILE else ""
            words = answer_words(answer, question)
            yield Answered(question, capfirst(words) if question.kind == QuestionKind.YES_NO else words, document)
