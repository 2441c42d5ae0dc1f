"""Columns that several models share."""

from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from translated_fields import TranslatedField

from registrations.rules.names import fold, mailbox_key, name_key
from registrations.rules.translations import paired


def translated_text(label: Any, *, blank: bool = False, long: bool = False, help_text: Any = "") -> TranslatedField:
    """A text in two columns, `<name>_en` and `<name>_es`."""
    field: models.Field[Any, Any]
    if long:
        field = models.TextField(label, blank=blank, help_text=help_text)
    else:
        field = models.CharField(label, max_length=300, blank=blank, help_text=help_text)
    return TranslatedField(field)


class TranslationsField(models.JSONField):
    """Which wordings of the row's texts say the same: {text: [digest of the English, digest of the Spanish]}; kept whenever it is saved.

    A new Spanish wording is taken for a translation of the English one beside it.
    """

    def __init__(self, **kwargs: Any) -> None:
        options: dict[str, Any] = {"default": dict, "editable": False}
        super().__init__(**options | kwargs)

    def pre_save(self, model_instance: models.Model, add: bool) -> dict[str, list[str]]:
        value = paired(texts_of(model_instance), before=getattr(model_instance, self.attname))
        setattr(model_instance, self.attname, value)
        return value


def texts_of(record: models.Model) -> dict[str, tuple[str, str]]:
    """The row's texts in English and in Spanish, by the name that they share."""
    columns = {field.attname for field in record._meta.concrete_fields}
    names = [name.removesuffix("_en") for name in columns if name.endswith("_en") and f"{name.removesuffix('_en')}_es" in columns]
    return {name: (getattr(record, f"{name}_en"), getattr(record, f"{name}_es")) for name in sorted(names)}


class FoldedField(models.TextField):  # type: ignore[type-arg]
    """Other columns of the row, folded for searching and comparing; derived anew whenever it is saved."""

    def __init__(self, *, of: tuple[str, ...] = (), **kwargs: Any) -> None:
        self.of = of
        options: dict[str, Any] = {"blank": True, "default": "", "editable": False}
        super().__init__(**options | kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"of": self.of}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        value = self.folded(" ".join(str(getattr(model_instance, name)) for name in self.of))
        setattr(model_instance, self.attname, value)
        return value

    def folded(self, text: str) -> str:
        return fold(text)


class NameKeyField(FoldedField):
    """A person's names as one key: equal for two spellings that differ in case, accents, apostrophes or spaces."""

    def folded(self, text: str) -> str:
        return name_key(text)


class MailboxField(FoldedField):
    """An e-mail address as the key of its mailbox."""

    def folded(self, text: str) -> str:
        return mailbox_key(text)


def validate_time_zones(value: str) -> None:
    """Raise ValidationError unless every word is an IANA time zone."""
    for name in value.split():
        try:
            ZoneInfo(name)
        except (KeyError, ValueError, OSError):
            raise ValidationError(_("“%(name)s” is not an IANA time zone such as America/Lima."), params={"name": name}) from None
