from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from registrations.enums import Answer, IncomingKind
from registrations.models.invitation import Invitation
from registrations.models.meeting import Meeting


class IncomingMessage(models.Model):
    """A mail that came back to the organizer's address, filed once under its `digest`.

    The columns from `invitation` on are those of an answer to a calendar entry (RFC 5546 3.2.3).
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, null=True, related_name="incoming", verbose_name=_("meeting"))
    digest = models.CharField(max_length=64, unique=True, help_text=_("SHA-256 of the Message-ID, or of the mail where it has none."))
    kind = models.CharField(_("kind"), max_length=20, choices=IncomingKind.choices)
    received_at = models.DateTimeField(_("received"), db_index=True)
    sender = models.CharField(_("from"), max_length=320, blank=True)
    subject = models.CharField(_("subject"), max_length=300, blank=True)
    text = models.TextField(_("text"), blank=True)
    invitation = models.ForeignKey(Invitation, models.CASCADE, null=True, related_name="incoming", verbose_name=_("invitation"))
    answer = models.CharField(_("answer"), max_length=20, choices=Answer.choices, blank=True)
    sequence = models.PositiveIntegerField(null=True)
    dtstamp = models.DateTimeField(null=True)
    handled_at = models.DateTimeField(_("dealt with"), null=True, db_index=True)
    handled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, verbose_name=_("dealt with by"))

    class Meta:
        verbose_name = _("incoming message")
        verbose_name_plural = _("incoming messages")
        ordering = ["-received_at"]

    def __str__(self) -> str:
        return str(self.get_kind_display())
