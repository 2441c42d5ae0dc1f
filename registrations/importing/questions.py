"""Write the questions of a meeting's own that were read from its file."""

from collections.abc import Iterable

from registrations.importing.files import FileError
from registrations.importing.question_file import QuestionInFile
from registrations.importing.records import saved
from registrations.models import DelegationType, Meeting, Question, QuestionOption
from registrations.queries.own_answers import codes_chosen, has_answers
from registrations.rules.questions import lost_options


def load_questions(meeting: Meeting, questions: Iterable[QuestionInFile]) -> None:
    """Bring the meeting's questions in line with the file, by their codes.

    One that the file no longer has is removed. Raises FileError where somebody answered it, or where what somebody answered would change its
    kind or lose its option.
    """
    given = list(questions)
    for surplus in meeting.questions.exclude(code__in=[each.code for each in given]):
        if has_answers(surplus):
            raise FileError(f"questions: “{surplus.code}” is not in the file, but people have answered it.")
        surplus.delete()
    known = {record.code: record for record in meeting.questions.all()}
    types = {record.code: record for record in meeting.delegation_types.all()}
    for order, each in enumerate(given, start=1):
        _load(known.get(each.code) or Question(meeting=meeting, code=each.code), each, order=order, types=types)


def _load(record: Question, given: QuestionInFile, *, order: int, types: dict[str, DelegationType]) -> None:
    where = f"questions, {given.code}"
    if record.pk and record.kind != given.fields["kind"] and has_answers(record):
        raise FileError(f"{where}, kind: people have answered it, so it stays “{record.kind}”.")
    saved(record, {**given.fields, "order": order}, where=where)
    record.delegation_types.set(types[code] for code in given.delegation_types)
    _load_options(record, given, where=where)


def _load_options(question: Question, given: QuestionInFile, *, where: str) -> None:
    known = {option.code: option for option in question.options.all()}
    surplus = known.keys() - given.options.keys()
    lost = lost_options(given.options, chosen=codes_chosen(question)) if surplus else []
    if lost:
        raise FileError(f"{where}, options: “{lost[0]}” is not in the file, but people have chosen it.")
    question.options.filter(code__in=surplus).delete()
    for order, (code, texts) in enumerate(given.options.items(), start=1):
        saved(known.get(code) or QuestionOption(question=question, code=code), {**texts, "order": order}, where=f"{where}, option {code}")
