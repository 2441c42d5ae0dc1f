from django.db import models
from django.utils.translation import gettext_lazy as _

from registrations.enums import EntityKind
from registrations.models.fields import FoldedField, translated_text


class Entity(models.Model):
    """A State, observer or organization that can be represented, under its name in UN usage."""

    code = models.CharField(_("code"), max_length=80, unique=True, help_text=_("ISO 3166-1 alpha-2 for States; Namibia is the text NA."))
    kind = models.CharField(_("kind"), max_length=20, choices=EntityKind.choices)
    name = translated_text(_("name"), help_text=_("An organization without a name in one of the languages is shown by the other."), blank=True)
    formal_name = translated_text(_("formal name"), blank=True)
    article = translated_text(_("article"), blank=True)
    acronym = translated_text(_("acronym"), blank=True)
    groups = models.JSONField(_("groups"), default=list, blank=True)
    search_text = FoldedField(of=("name_en", "name_es", "formal_name_en", "formal_name_es", "acronym_en", "acronym_es"))

    class Meta:
        verbose_name = _("State or organization")
        verbose_name_plural = _("States and organizations")
        ordering = ["name_en", "name_es"]

    def __str__(self) -> str:
        return str(self.name) or self.name_en or self.name_es
