import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from registrations.enums import Answer, CalendarMethod
from registrations.models.programme import Session


class Invitation(models.Model):
    """The calendar entry of one mailbox for one session; everybody who shares the mailbox shares it.

    `uid` is secret: it appears in that mailbox's mails and files only. `answered_sequence` and `answered_dtstamp` are those of the
    reply that gave the `answer` (RFC 5546 2.1.5).
    """

    session = models.ForeignKey(Session, models.CASCADE, related_name="invitations", verbose_name=_("session"))
    mailbox = models.CharField(_("mailbox"), max_length=254)
    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    organizer = models.CharField(_("organizer"), max_length=320)
    created_at = models.DateTimeField()
    answer = models.CharField(_("answer"), max_length=20, choices=Answer.choices, default=Answer.NEEDS_ACTION)
    answered_sequence = models.PositiveIntegerField(null=True, editable=False)
    answered_dtstamp = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [models.UniqueConstraint(fields=["session", "mailbox"], name="invitation_once_per_session_and_mailbox")]

    def __str__(self) -> str:
        return str(self.pk)


class Revision(models.Model):
    """One version of an invitation as sent; append only, so that sending again sends the same bytes.

    `sequence` counts from 0 and `dtstamp` is the moment the revision was made (RFC 5545 3.8.7.2, 3.8.7.4).
    """

    invitation = models.ForeignKey(Invitation, models.CASCADE, related_name="revisions", verbose_name=_("invitation"))
    sequence = models.PositiveIntegerField()
    method = models.CharField(max_length=10, choices=CalendarMethod.choices)
    dtstamp = models.DateTimeField()
    ics = models.BinaryField()

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["sequence"]
        constraints = [models.UniqueConstraint(fields=["invitation", "sequence"], name="revision_sequence_once_per_invitation")]

    def __str__(self) -> str:
        return f"{self.method} {self.sequence}"
