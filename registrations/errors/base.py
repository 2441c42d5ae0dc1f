"""What every refusal has in common."""

from typing import Any

from django.utils.translation import gettext_lazy as _


class DomainError(Exception):
    """An operation was refused and changed nothing; `str()` is the sentence to show, in the active language.

    `field` names the form field that the refusal belongs to, or is None for the form as a whole; `facts["person"]` is
    the index of the person whom it concerns, where several were sent in.
    """

    code = "refused"
    message: Any = _("This cannot be done.")
    field: str | None = None

    def __init__(self, **facts: Any) -> None:
        super().__init__(self.code)
        self.facts = facts

    def __str__(self) -> str:
        return str(self.message) % self.facts if self.facts else str(self.message)
