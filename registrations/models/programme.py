from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from registrations.models.drafted import Drafted
from registrations.models.fields import TranslationsField, translated_text
from registrations.models.meeting import Meeting


class Session(Drafted):
    """A block that people attend and have in their calendar."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="sessions", verbose_name=_("meeting"))
    number = models.PositiveSmallIntegerField(_("number"))
    title = translated_text(_("title"))
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    is_cancelled = models.BooleanField(_("cancelled"), default=False)
    translations = TranslationsField()

    class Meta(Drafted.Meta):
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ["starts_at", "number"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="session_number_once_per_meeting"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="session_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return str(self.title)


class ProgrammeItem(Drafted):
    """A line of the programme inside a session."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="items", verbose_name=_("session"))
    order = models.PositiveSmallIntegerField(_("order"), default=1)
    title = translated_text(_("title"))
    description = translated_text(_("description"), blank=True, long=True)
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    time_confirmed = models.BooleanField(_("time confirmed"), default=False)
    translations = TranslationsField()

    class Meta(Drafted.Meta):
        verbose_name = _("programme item")
        verbose_name_plural = _("programme items")
        ordering = ["starts_at", "order"]
        constraints = [models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="item_ends_after_it_starts")]

    def __str__(self) -> str:
        return str(self.title)


class Speaker(Drafted):
    """Who speaks in a programme item; a State or office may speak without a name."""

    item = models.ForeignKey(ProgrammeItem, models.CASCADE, related_name="speakers", verbose_name=_("programme item"))
    order = models.PositiveSmallIntegerField(_("order"), default=1)
    honorific = translated_text(_("courtesy title"), blank=True)
    name = models.CharField(_("name"), max_length=200, blank=True)
    office = translated_text(_("office"))
    country = translated_text(_("country"), blank=True)
    translations = TranslationsField()

    class Meta(Drafted.Meta):
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.name or str(self.office)
