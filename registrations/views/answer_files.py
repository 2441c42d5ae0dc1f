"""Files that come with a form: kept from the moment they arrive, so that none has to be chosen again when something else is to be mended."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, QueryDict

from registrations.details import Document
from registrations.enums import QuestionKind
from registrations.errors import DocumentTooLarge, DomainError
from registrations.forms.questions import REMOVE, Files
from registrations.forms.upload_limit import was_cut
from registrations.models import Question
from registrations.operations.attempt import attempt
from registrations.operations.keep_document import keep_document
from registrations.queries.questions import file_names
from registrations.rules.documents import MOST_BYTES
from registrations.rules.questions import FIELD, document_answer, document_of
from registrations.rules.rate_limits import Door
from registrations.views.network_address import address_key


def with_files(
    request: HttpRequest, data: QueryDict, *, questions: Sequence[Question], form: str, now: datetime, prefixes: Iterable[str] = ("",)
) -> tuple[QueryDict, Files]:
    """The data with each file that came, or was kept before, as an answer; and what the form needs to know of them.

    `form` tells this copy of the form from others: the same file that comes twice with it is one. `prefixes` are those of its persons.
    """
    by_file = {FIELD + question.code: question for question in questions if question.kind == QuestionKind.FILE}
    inputs = {f"{prefix}{name}": question for prefix in prefixes for name, question in by_file.items()}
    if not inputs:
        return data, Files()
    data, refused = data.copy(), {}
    for name, question in inputs.items():
        if f"{name}{REMOVE}" in data:
            data.pop(name, None)
        kept = next(filter(None, data.getlist(name)), "")  # a file input without a file comes as an empty text of the same name
        try:
            data[name] = _arrived(request, name, question=question, form=f"{form} {name}", now=now) or kept
        except DomainError as refusal:
            data[name], refused[name] = kept, str(refusal)
    return data, Files(names=file_names(_numbers(data, inputs)), refused=refused)


def _arrived(request: HttpRequest, name: str, *, question: Question, form: str, now: datetime) -> str:
    """The file that came in this input as an answer, "" where none did."""
    upload = request.FILES.get(name)
    if was_cut(request, name) or (upload and (upload.size or 0) > MOST_BYTES):
        raise DocumentTooLarge
    if upload is None:
        return ""
    attempt(Door.ANSWER, key=address_key(request), now=now)
    kept = keep_document(question, document=Document(file_name=upload.name or "", content=upload.read()), form=form, now=now)
    return document_answer(kept.pk, kept.file_name)


def _numbers(data: QueryDict, names: Iterable[str]) -> Iterator[UUID]:
    return (pk for name in names if (pk := document_of(data.get(name, ""))[0]))
