import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registrations.enums import Arrival, Delivery, MessageKind
from registrations.models.delegation import Delegation
from registrations.models.fields import MailboxField
from registrations.models.invitation import Revision
from registrations.models.letter import Letter
from registrations.models.meeting import Meeting
from registrations.models.participant import Participant
from registrations.models.programme import Session
from registrations.models.submission import Submission


class OutboxMessage(models.Model):
    """One mail owed to one mailbox, until it is sent. What it claims is its kind and facts; the rest is rendered when sent.

    `session` is set for the kinds with a calendar part and for the question whether to withdraw, `revision` as soon as that part was
    made, `enclosed` where that is a file of several; `delegation` for what a focal point gets, `letter` for what the secretariat wrote.
    `handed_over_at` is set while the mail server has the mail and has not answered; `arrival` is what was heard of it later.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="outbox", verbose_name=_("meeting"))
    kind = models.CharField(_("kind"), max_length=20, choices=MessageKind.choices)
    participant = models.ForeignKey(Participant, models.CASCADE, null=True, blank=True, related_name="outbox", verbose_name=_("participant"))
    submission = models.ForeignKey(Submission, models.CASCADE, null=True, blank=True, related_name="outbox", verbose_name=_("sign-up form"))
    delegation = models.ForeignKey(Delegation, models.CASCADE, null=True, blank=True, related_name="outbox", verbose_name=_("delegation"))
    letter = models.ForeignKey(Letter, models.CASCADE, null=True, blank=True, related_name="outbox", verbose_name=_("letter"))
    session = models.ForeignKey(Session, models.CASCADE, null=True, blank=True, related_name="outbox", verbose_name=_("session"))
    revision = models.ForeignKey(Revision, models.PROTECT, null=True, blank=True, related_name="outbox", verbose_name=_("revision"))
    enclosed = models.ManyToManyField(Revision, related_name="enclosed_in", editable=False)
    recipient_name = models.CharField(_("recipient"), max_length=250)
    recipient_email = models.EmailField(_("address"))
    mailbox = MailboxField(of=("recipient_email",))
    language = models.CharField(_("language"), max_length=5)
    facts = models.JSONField(_("facts"), default=dict)
    unique_key = models.CharField(max_length=200, unique=True, help_text=_("Owed once under this key."))
    status = models.CharField(_("status"), max_length=20, choices=Delivery.choices, default=Delivery.QUEUED)
    due_at = models.DateTimeField(_("due"))
    claimed_until = models.DateTimeField(_("claimed until"), null=True, blank=True)
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    outcome = models.TextField(_("outcome"), blank=True)
    provider_id = models.CharField(_("provider's id"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("owed since"))
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    handed_over_at = models.DateTimeField(_("handed over"), null=True, blank=True)
    repeats = models.PositiveSmallIntegerField(_("repeats"), default=0)
    arrival = models.CharField(_("arrival"), max_length=20, choices=Arrival.choices, blank=True)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["created_at"]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(status__in=[Delivery.QUEUED, Delivery.SENDING]), name="outbox_owed"),
            models.Index(fields=["session", "mailbox"], name="outbox_by_invitation"),
            models.Index(fields=["meeting", "mailbox"], name="outbox_by_mailbox"),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())
