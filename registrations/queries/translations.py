"""The texts of a meeting that are not the same in English and Spanish."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models

from registrations.models import Clock, DelegationType, Host, Meeting, PreparedReason, ProgrammeItem, Question, QuestionOption, Session, Speaker
from registrations.models.drafted import Drafted
from registrations.models.fields import texts_of
from registrations.queries.drafts import with_draft
from registrations.rules.translations import Gap, gaps_in

_PATHS: dict[type[models.Model], str] = {
    Meeting: "pk",
    DelegationType: "meeting",
    Clock: "meeting",
    Host: "meeting",
    Session: "meeting",
    ProgrammeItem: "session__meeting",
    Speaker: "item__session__meeting",
    PreparedReason: "meeting",
    Question: "meeting",
    QuestionOption: "question__meeting",
}


@dataclass(frozen=True)
class TextGap:
    """One text of one record and what it lacks; `english` and `spanish` as they would be published."""

    record: Any
    name: str
    gap: Gap
    english: str
    spanish: str

    @property
    def label(self) -> str:
        """What the text is called, in the active language: "programme item: title"."""
        field = self.record._meta.get_field(f"{self.name}_en")
        return f"{self.record._meta.verbose_name}: {field.verbose_name}"

    @property
    def key(self) -> str:
        """Which text it is: "speaker-12-office"."""
        return f"{self.record._meta.model_name}-{self.record.pk}-{self.name}"


def text_gaps(meeting: Meeting) -> list[TextGap]:
    """What stands in the way of publishing the meeting with its drafts, in the order of its records; ten statements."""
    return [gap for record in records_with_texts(meeting) for gap in _gaps(record)]


def records_with_texts(meeting: Meeting) -> Iterator[Any]:
    """Every record of the meeting that has texts, with the values of its draft; those that are to be removed are left out."""
    for model, path in _PATHS.items():
        for record in _records(model).filter(**{path: meeting.pk}):
            if not getattr(record, "is_dropped", False):
                yield with_draft(record) if hasattr(record, "draft") else record


def _records(model: type[models.Model]) -> "models.QuerySet[Any]":
    return model.with_drafts.all() if issubclass(model, Drafted) else model._default_manager.all()


def _gaps(record: Any) -> Iterable[TextGap]:
    texts = texts_of(record)
    return [TextGap(record, name, gap, *texts[name]) for name, gap in gaps_in(texts, pairs=record.translations).items()]
