from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from registrations.models.meeting import Meeting


class Reminder(models.Model):
    """How long before each session of a meeting those confirmed are reminded of it."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="reminders", verbose_name=_("meeting"))
    minutes = models.PositiveIntegerField(_("minutes before the session"), validators=[MinValueValidator(5)])

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        ordering = ["-minutes"]
        constraints = [models.UniqueConstraint(fields=["meeting", "minutes"], name="reminder_once_per_offset")]

    def __str__(self) -> str:
        return f"{self.minutes} min"
