"""Which answers to a meeting's own questions are taken, whichever way somebody comes in. Called with the meeting locked."""

from collections.abc import Sequence
from dataclasses import replace

from django.db.models import Q

from registrations.details import Actor, Person
from registrations.enums import QuestionKind
from registrations.errors import AnswerMissing, AnswerNotOffered, DocumentGone
from registrations.models import DelegationType, Participant, Question
from registrations.queries.questions import asked, questions_for
from registrations.rules.questions import FIELD, Answers, Fault, answered, document_of, fault_in

_REFUSALS = {Fault.MISSING: AnswerMissing, Fault.NOT_OFFERED: AnswerNotOffered}


def refuse_answers(people: Sequence[Person], *, delegation_type: DelegationType, actor: Actor) -> None:
    """Raise AnswerMissing or AnswerNotOffered for the first person with either; organizers may leave out what is required."""
    questions = questions_for(delegation_type)
    for index, person in enumerate(people):
        _refuse(person.answers, before={}, questions=questions, may_be_missing=actor.user_id is not None, person=index)


def refuse_changed_answers(details: Person, *, of: Participant, actor: Actor) -> None:
    """The same where a participant's answers are not what they were: those who leave them alone are asked nothing."""
    if dict(details.answers) != of.answers:
        _refuse(details.answers, before=of.answers, questions=questions_for(of.delegation.type), may_be_missing=actor.user_id is not None)


def with_answers_kept(details: Person, *, of: Participant) -> Person:
    """The details with the participant's answers to what is asked no more: no form has them."""
    if not of.answers and not details.answers:
        return details
    codes = {question.code for question in questions_for(of.delegation.type)}
    return replace(details, answers=answered(details.answers, before=of.answers, asked=codes))


def claim_documents(participant: Participant, *, is_new: bool) -> None:
    """Make the files with which a participant answers theirs, and delete those with which they did before.

    Raises DocumentGone for one that is no longer kept, is somebody else's, or came in for another question.
    """
    numbers = {code: pk for code, answer in participant.answers.items() if (pk := document_of(answer)[0])}
    by_file = Question.objects.filter(meeting=participant.meeting_id, kind=QuestionKind.FILE, code__in=numbers) if numbers else ()
    files = {numbers[question.code]: question for question in by_file}
    for pk, question in files.items():
        nobodys_or_theirs = Q(participant=None) | Q(participant=participant)
        if not question.documents.filter(nobodys_or_theirs, pk=pk).update(participant=participant):
            raise DocumentGone(field=f"{FIELD}{question.code}", question=str(question))
    if not is_new:
        participant.documents.exclude(pk__in=files).delete()


def _refuse(answers: Answers, *, before: Answers, questions: Sequence[Question], may_be_missing: bool, **facts: int) -> None:
    fault = fault_in(answers, asked=asked(questions), may_be_missing=may_be_missing, before=before)
    if fault:
        code, reason = fault
        question = next(each for each in questions if each.code == code)
        raise _REFUSALS[reason](field=f"{FIELD}{code}", question=str(question), **facts)
