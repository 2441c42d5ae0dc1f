"""A participant's answers to the meeting's own questions, on their page at the desk."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.template.defaultfilters import linebreaksbr
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from registrations.admin.correction_form import file_address
from registrations.exports.document_download import document_download
from registrations.models import Participant
from registrations.queries.questions import Answered, answers_given, document_with_content, questions_for
from registrations.rules.questions import FIELD


@dataclass(frozen=True)
class ReadAnswer:
    """An answer as a field of the page that cannot be changed there."""

    code: str
    short_description: str
    words: str
    document: str

    @classmethod
    def of(cls, answered: Answered) -> "ReadAnswer":
        return cls(answered.question.code, str(answered.question), answered.words, answered.document)

    @property
    def __name__(self) -> str:
        return f"{FIELD}{self.code}"

    def __call__(self, participant: Participant) -> str:
        if self.document:
            return format_html('<a href="{}">{}</a>', file_address(participant, self.document), self.words)
        return linebreaksbr(self.words)


def answer_address(participant: Participant, answered: Answered) -> str:
    """Where the file can be had with which the question was answered, "" for any other answer."""
    return file_address(participant, answered.document) if answered.document else ""


class AnswerFields(admin.ModelAdmin):
    """Fields for what the participant is asked; answers to what is asked no more, and everything for those who only look, are read."""

    def get_urls(self) -> list[URLPattern]:
        page = path("<int:pk>/answers/<uuid:number>/", self.admin_site.admin_view(self.answer_view), name="registrations_participant_answer")
        return [page, *super().get_urls()]

    def answer_view(self, request: HttpRequest, pk: int, number: UUID) -> HttpResponseBase:
        """The file, to those who see the participant's data."""
        participant: Participant | None = self.get_object(request, str(pk))
        if not any(request.user.has_perm(f"registrations.{verb}_participant") for verb in ("view", "change")):
            raise PermissionDenied
        document = document_with_content(participant, number) if participant else None
        if document is None:
            raise Http404
        return document_download(request, document)

    def get_readonly_fields(self, request: HttpRequest, obj: Participant | None = None) -> list[Any]:
        return [*super().get_readonly_fields(request, obj), *_read(self._answers(request, obj))]

    def get_fieldsets(self, request: HttpRequest, obj: Participant | None = None) -> Any:
        answers = self._answers(request, obj)
        own = [(_("Questions of the meeting"), {"fields": answers})] if answers else []
        return [*super().get_fieldsets(request, obj), *own]

    def _answers(self, request: HttpRequest, participant: Participant | None) -> list[Any]:
        """The names of the fields to fill in, and what is only read; nothing for those who see names alone."""
        if participant is None or self.sees_names_only(request):
            return []
        if not hasattr(participant, "answers_shown"):
            participant.answers_shown = self._find_answers(request, participant)
        return participant.answers_shown

    def _find_answers(self, request: HttpRequest, participant: Participant) -> list[Any]:
        may_change = self.has_change_permission(request, participant)
        asked = [question.code for question in questions_for(participant.delegation.type)] if may_change else []
        read = [each for each in answers_given(participant, meeting=participant.meeting) if each.question.code not in asked]
        return [*(f"{FIELD}{code}" for code in asked), *map(ReadAnswer.of, read)]


def _read(answers: list[Any]) -> list[ReadAnswer]:
    return [each for each in answers if isinstance(each, ReadAnswer)]
