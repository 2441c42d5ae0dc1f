"""Groups of entities as words in one line."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _


class GroupsField(forms.CharField):
    """A list of words for a JSON column, typed with spaces between them."""

    def __init__(self, *, encoder: Any = None, decoder: Any = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.help_text = " ".join(filter(None, [str(self.help_text), _("Codes, separated by spaces.")]))

    def prepare_value(self, value: Any) -> Any:
        return " ".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:
        return super().to_python(value).split()

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (initial or []) != self.to_python(data)
