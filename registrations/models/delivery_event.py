from django.db import models
from django.utils.translation import gettext_lazy as _

from registrations.enums import Arrival
from registrations.models.outbox_message import OutboxMessage


class DeliveryEvent(models.Model):
    """What a provider, or the mail system of the recipient, told about a mail after it had left; each event once under its `key`."""

    message = models.ForeignKey(OutboxMessage, models.CASCADE, related_name="events", verbose_name=_("message"))
    key = models.CharField(max_length=64, unique=True)
    arrival = models.CharField(_("arrival"), max_length=20, choices=Arrival.choices)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("delivery event")
        verbose_name_plural = _("delivery events")
        ordering = ["at"]

    def __str__(self) -> str:
        return str(self.get_arrival_display())
