from django.db import models
from django.utils.translation import gettext_lazy as _

from registrations.models.fields import TranslationsField, translated_text
from registrations.models.meeting import Meeting


class PreparedReason(models.Model):
    """A reason for declining that organizers can pick instead of writing it in both languages each time."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="prepared_reasons", verbose_name=_("meeting"))
    order = models.PositiveSmallIntegerField(_("order"), default=1)
    text = translated_text(_("reason"), long=True)
    translations = TranslationsField()

    class Meta:
        verbose_name = _("prepared reason")
        verbose_name_plural = _("prepared reasons for declining")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return str(self.text)
