"""What counts as an answer to a meeting's own question.

Answers are texts by the question's code; a question without an answer has none. A text stands as it was typed, a choice as the code of its
option, yes and no as "yes" and "no", and a file as the number of its document, a slash and its name.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from registrations.enums import QuestionKind
from registrations.rules.names import fold

Answers = Mapping[str, str]
FIELD = "question_"
"""What the name of a question's field begins with, in forms and wherever fields are named; its code follows."""
LONGEST_TEXT = 500
YES, NO = "yes", "no"
_LONGEST_CODE = 36


class Fault(StrEnum):
    """Why answers are not taken."""

    MISSING = "missing"
    NOT_OFFERED = "not offered"


@dataclass(frozen=True)
class Asked:
    """A question as far as the rules are concerned; `options` are the codes from which one chooses."""

    code: str
    kind: QuestionKind
    is_required: bool
    options: Collection[str] = field(default=())


class OptionsFault(StrEnum):
    """What is wrong with the options of a question."""

    TOO_FEW = "too few"
    NOT_A_CHOICE = "not a choice"


def fault_in_options(kind: QuestionKind, *, number: int) -> OptionsFault | None:
    """A choice has at least two options, any other question none."""
    if kind == QuestionKind.CHOICE:
        return OptionsFault.TOO_FEW if number < 2 else None
    return OptionsFault.NOT_A_CHOICE if number else None


def lost_options(codes: Collection[str], *, chosen: Collection[str]) -> list[str]:
    """The options that somebody chose and that are not among these any more; they have to stay."""
    return sorted(set(chosen) - set(codes))


def fault_in(answers: Answers, *, asked: Iterable[Asked], may_be_missing: bool, before: Answers) -> tuple[str, Fault] | None:
    """The code of the first question that is not answered as it should be, and what is the matter; None where nothing is.

    An answer that stays as it was `before` is taken, even if it is offered no more.
    """
    for question in asked:
        answer = answers.get(question.code, "")
        if not answer and question.is_required and not may_be_missing:
            return question.code, Fault.MISSING
        if answer and answer != before.get(question.code) and not _is_offered(answer, question):
            return question.code, Fault.NOT_OFFERED
    return None


def answered(answers: Answers, *, before: Answers, asked: Collection[str]) -> dict[str, str]:
    """The answers to what is asked, with those given `before` to what is asked no more."""
    kept = {code: answer for code, answer in before.items() if code not in asked}
    return kept | {code: answer for code, answer in answers.items() if answer and code in asked}


def code_from(text: str, *, taken: Collection[str]) -> str:
    """The text as a code that is not taken: "Do you need a visa?" becomes do-you-need-a-visa."""
    words = re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")
    code = (words if words[:1].isalpha() else f"a-{words}")[:_LONGEST_CODE].strip("-")
    numbered = (f"{code}-{number}" for number in range(2, len(taken) + 3))
    return code if code not in taken else next(each for each in numbered if each not in taken)


def document_answer(pk: UUID, file_name: str) -> str:
    """A document as an answer."""
    return f"{pk}/{file_name}"


def document_of(answer: str) -> tuple[UUID | None, str]:
    """Number and name of the document with which somebody answered; (None, "") for what is none."""
    number, slash, name = answer.partition("/")
    try:
        return (UUID(number), name) if slash else (None, "")
    except ValueError:
        return None, ""


def _is_offered(answer: str, question: Asked) -> bool:
    match question.kind:
        case QuestionKind.CHOICE:
            return answer in question.options
        case QuestionKind.YES_NO:
            return answer in (YES, NO)
        case QuestionKind.FILE:
            return document_of(answer)[0] is not None
    return len(answer) <= LONGEST_TEXT
