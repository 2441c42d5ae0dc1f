"""Refusals of an answer to a question of the meeting's own; `field` is that of the question."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from registrations.errors.base import DomainError


class AnswerRefused(DomainError):
    """`facts["question"]` is the question as it is asked."""

    def __init__(self, *, field: str, **facts: Any) -> None:
        super().__init__(**facts)
        self.field = field


class AnswerMissing(AnswerRefused):
    code = "answer_missing"
    message = _("“%(question)s” has to be answered.")


class AnswerNotOffered(AnswerRefused):
    code = "answer_not_offered"
    message = _("This is no answer to “%(question)s”. Choose one from the list.")


class DocumentGone(AnswerRefused):
    code = "document_gone"
    message = _("The file for “%(question)s” is not kept any more. Choose it once more.")
