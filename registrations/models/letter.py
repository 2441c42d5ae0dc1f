from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from registrations.enums import LetterStatus
from registrations.models.fields import translated_text
from registrations.models.meeting import Meeting
from registrations.models.participant import Participant


class Letter(models.Model):
    """What the secretariat writes to participants of a meeting, in both languages; a draft until it is sent.

    The texts hold placeholders and a little Markdown. `recipients` is a fixed set: those chosen when it was begun, and from the moment
    of sending those whom it was sent to. `due_at` is empty for one that leaves at once.
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="letters", verbose_name=_("meeting"))
    subject = translated_text(_("subject"), blank=True)
    text = translated_text(_("text"), blank=True, long=True)
    recipients = models.ManyToManyField(Participant, related_name="letters", verbose_name=_("recipients"))
    status = models.CharField(_("status"), max_length=20, choices=LetterStatus.choices, default=LetterStatus.DRAFT)
    due_at = models.DateTimeField(_("to be sent"), null=True, blank=True)
    written_by = models.CharField(_("written by"), max_length=150)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("organizer"))
    created_at = models.DateTimeField(_("begun"))
    changed_at = models.DateTimeField(_("changed"))
    sent_at = models.DateTimeField(_("sent off"), null=True, blank=True)

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return str(self.subject) or str(_("Letter without a subject"))

    @property
    def version(self) -> str:
        """Tells the draft as it was shown from one that somebody has changed since."""
        return self.changed_at.isoformat()
