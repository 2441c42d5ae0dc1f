from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registrations.enums import CalendarDelivery, HostRole, ProgrammeStatus
from registrations.models.fields import TranslationsField, translated_text, validate_time_zones


class Meeting(models.Model):
    """A dialogue: its dates are those of its sessions; its row is the lock of every operation on its registrations."""

    slug = models.SlugField(_("address"), unique=True, help_text=_("The last part of the programme page's address."))
    title = translated_text(_("title"))
    subtitle = translated_text(_("subtitle"), blank=True)
    introduction = translated_text(_("introduction"), blank=True, long=True)
    objectives = translated_text(_("objectives"), blank=True, long=True, help_text=_("One objective a line."))
    place = translated_text(_("place"), blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64, validators=[validate_time_zones])
    programme_status = models.CharField(_("programme status"), max_length=20, choices=ProgrammeStatus.choices, default=ProgrammeStatus.PROVISIONAL)
    registration_opens_at = models.DateTimeField(
        _("registration opens"), null=True, blank=True, help_text=_("Empty: open as soon as the meeting is published.")
    )
    registration_closes_at = models.DateTimeField(_("registration closes"), null=True, blank=True, help_text=_("Empty: when the last session ends."))
    seats = models.PositiveIntegerField(
        _("seats"), null=True, blank=True, help_text=_("Empty: no limit. Beyond it, sign-ups go on the waiting list.")
    )
    join_url = models.URLField(_("join link"), blank=True, help_text=_("Shown to confirmed participants only, through a link of their own."))
    join_opens_minutes = models.PositiveIntegerField(_("minutes before a session at which the join link opens"), default=30)
    calendar_delivery = models.CharField(_("calendar entries"), max_length=20, choices=CalendarDelivery.choices, default=CalendarDelivery.INVITATIONS)
    contact_email = models.EmailField(_("secretariat's e-mail"), help_text=_("Answers to our mails go here."))
    data_notice = translated_text(_("data protection notice"), long=True)
    is_published = models.BooleanField(_("published"), default=False)
    version = models.PositiveIntegerField(
        default=1, editable=False, help_text=_("Raised whenever anything that the programme page shows is changed.")
    )
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    draft = models.JSONField(default=dict, editable=False)
    translations = TranslationsField()

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")

    def __str__(self) -> str:
        return self.slug


class Clock(models.Model):
    """A place whose time is printed beside every hour; its label speaks for one or more time zones."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="clocks", verbose_name=_("meeting"))
    order = models.PositiveSmallIntegerField(_("order"), default=1)
    label = translated_text(_("label"), help_text=_("The places in the order of their time zones: Quito, Lima and Washington, D.C."))
    time_zones = models.TextField(
        _("time zones"), validators=[validate_time_zones], help_text=_("IANA names separated by spaces, one for each place of the label.")
    )
    translations = TranslationsField()

    class Meta:
        verbose_name = _("clock")
        verbose_name_plural = _("clocks")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.time_zones


class Host(models.Model):
    """Who convenes or pays for the meeting."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="hosts", verbose_name=_("meeting"))
    order = models.PositiveSmallIntegerField(_("order"), default=1)
    role = models.CharField(_("role"), max_length=20, choices=HostRole.choices, default=HostRole.ORGANIZER)
    name = translated_text(_("name"))
    short_name = translated_text(_("short name"), blank=True, help_text=_("As in the masthead, if the full name is long."))
    instrument = translated_text(_("financing decision"), blank=True)
    translations = TranslationsField()

    class Meta:
        verbose_name = _("host or funder")
        verbose_name_plural = _("hosts and funder")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return str(self.name)
