"""The meeting's own questions in lists of people: which heading stands for one, and which answer a cell gives."""

from collections.abc import Iterable, Mapping

from registrations.enums import QuestionKind
from registrations.importing.people_words import yes_or_no
from registrations.models import Question
from registrations.rules.names import fold
from registrations.rules.questions import FIELD, NO, YES


def by_heading(questions: Iterable[Question]) -> dict[str, Question]:
    """The questions by every heading, plain, under which a list may have their answers: the question in either language, or its code.

    Of two that are called the same the first counts.
    """
    found: dict[str, Question] = {}
    for question in questions:
        for text in (question.text_en, question.text_es, question.code, FIELD + question.code):
            found.setdefault(plain_words(text), question)
    found.pop("", None)
    return found


def plain_words(text: str) -> str:
    """The text without case, accents and the marks in which headings and answers differ from what is asked and offered."""
    return fold(text.replace("_", " ").replace("-", " ")).strip(" :*?¿!¡")


def can_be_listed(question: Question) -> bool:
    """Whether a column can hold its answers: no list has files, and to what is asked no more nobody answers."""
    return question.is_asked and question.kind != QuestionKind.FILE


def answer_called(text: str, *, question: Question) -> str:
    """What is kept of the answer that the text gives; the text itself where it is none, for the form to refuse."""
    if question.kind == QuestionKind.YES_NO:
        says = yes_or_no(text)
        return text if says is None else YES if says else NO
    return _options(question).get(plain_words(text), text) if question.kind == QuestionKind.CHOICE else text


def _options(question: Question) -> Mapping[str, str]:
    options = list(question.options.all())
    texts = {plain_words(text): option.code for option in options for text in (option.text_en, option.text_es)}
    return texts | {plain_words(option.code): option.code for option in options}
