from django.db import models
from django.utils.translation import gettext_lazy as _

from registrations.enums import AutomaticMail
from registrations.models.meeting import Meeting


class MeetingText(models.Model):
    """How an automatic mail is worded at one meeting in one language, in the place of the standard text."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="texts", verbose_name=_("meeting"))
    kind = models.CharField(_("kind"), max_length=20, choices=AutomaticMail.choices)
    language = models.CharField(_("language"), max_length=5)
    subject = models.CharField(_("subject"), max_length=150)
    text = models.TextField(_("text"))
    written_by = models.CharField(_("written by"), max_length=150)
    changed_at = models.DateTimeField(_("changed"))

    class Meta:
        verbose_name = _("adapted text")
        verbose_name_plural = _("adapted texts")
        ordering = ["meeting", "kind", "language"]
        constraints = [models.UniqueConstraint(fields=["meeting", "kind", "language"], name="adapted_once_in_a_language")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.language})"
