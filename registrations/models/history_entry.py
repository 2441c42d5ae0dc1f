from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from registrations.enums import Door
from registrations.models.delegation import Delegation
from registrations.models.delegation_type import DelegationType
from registrations.models.entity import Entity
from registrations.models.meeting import Meeting
from registrations.models.participant import Participant


class HistoryEntry(models.Model):
    """Who did what to whom, when; append only. `event` is an Action's value or an operation's name.

    Without a participant it concerns the delegation as a whole; without a delegation what was done to a whole `type` of them or,
    without that, to the meeting. Without a meeting it concerns an `entity`, an account of the desk, or a record that is no more.
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, null=True, blank=True, related_name="history", verbose_name=_("meeting"))
    delegation = models.ForeignKey(Delegation, models.CASCADE, null=True, blank=True, related_name="history", verbose_name=_("delegation"))
    type = models.ForeignKey(DelegationType, models.CASCADE, null=True, blank=True, related_name="history", verbose_name=_("type of delegation"))
    participant = models.ForeignKey(Participant, models.CASCADE, null=True, blank=True, related_name="history", verbose_name=_("participant"))
    entity = models.ForeignKey(Entity, models.SET_NULL, null=True, blank=True, related_name="history", verbose_name=_("State or organization"))
    event = models.CharField(_("event"), max_length=40)
    actor = models.CharField(_("by"), max_length=150)
    door = models.CharField(_("through"), max_length=20, choices=Door.choices)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("organizer"))
    status = models.CharField(_("status afterwards"), max_length=20)
    facts = models.JSONField(_("facts"), default=dict)
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("history entry")
        verbose_name_plural = _("history entries")
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["meeting", "at"])]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.event}"
