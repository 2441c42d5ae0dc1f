from django.db import models
from django.utils.translation import gettext_lazy as _

from registrations.models.participant import Participant
from registrations.models.programme import Session


class Presence(models.Model):
    """Somebody was at a session; whether they meant to is said by the participant's `sessions`."""

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="presences", verbose_name=_("participant"))
    session = models.ForeignKey(Session, models.CASCADE, related_name="presences", verbose_name=_("session"))
    recorded_at = models.DateTimeField(_("recorded"))

    class Meta:
        verbose_name = _("presence")
        verbose_name_plural = _("presences")
        constraints = [models.UniqueConstraint(fields=["participant", "session"], name="presence_once_per_session")]

    def __str__(self) -> str:
        return f"{self.participant_id} {self.session_id}"
