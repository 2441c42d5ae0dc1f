"""Records written as a file gives them."""

from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models

from registrations.importing.files import FileError

Record = TypeVar("Record", bound=models.Model)


def saved(record: Record, fields: dict[str, Any], *, where: str) -> Record:
    """The record with these columns, written; raises FileError for what does not fit them."""
    for name, value in fields.items():
        setattr(record, name, value)
    if hasattr(record, "translations"):
        record.translations = {}  # a file has both languages beside each other: they belong together
    check(record, where=where)
    record.save()
    return record


def check(record: models.Model, *, where: str) -> None:
    """Refuse what does not fit the columns. A text may be missing in one language, so blanks are no fault here."""
    try:
        record.clean_fields(exclude=[name for name in _translated_columns(record) if not getattr(record, name)])
    except ValidationError as trouble:
        name, messages = next(iter(trouble.message_dict.items()))
        raise FileError(f"{where}, {name}: {messages[0]}") from trouble


def _translated_columns(record: models.Model) -> list[str]:
    return [field.name for field in record._meta.concrete_fields if field.name.endswith(("_en", "_es"))]
