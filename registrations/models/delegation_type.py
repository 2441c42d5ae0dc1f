from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from registrations.enums import Represents
from registrations.models.fields import TranslationsField, translated_text
from registrations.models.meeting import Meeting


class DelegationType(models.Model):
    """An audience that one meeting invites."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="delegation_types", verbose_name=_("meeting"))
    order = models.PositiveSmallIntegerField(_("order"), default=1)
    code = models.SlugField(_("code"), max_length=40, help_text=_("The last part of the sign-up form's address."))
    name = translated_text(_("name"))
    plural = translated_text(_("name in the plural"))
    represents = models.CharField(_("represents"), max_length=20, choices=Represents.choices)
    eligible_groups = models.JSONField(
        _("eligible groups"), default=list, blank=True, help_text=_("Members of any of these groups may choose this type.")
    )
    seats = models.PositiveIntegerField(
        _("seats"), null=True, blank=True, help_text=_("Of all delegations of this type together. Empty: no limit of its own.")
    )
    seats_per_delegation = models.PositiveIntegerField(_("seats per delegation"), null=True, blank=True, help_text=_("Empty: no limit."))
    keeps_waiting_list = models.BooleanField(
        _("waiting list"),
        default=True,
        help_text=_("Whoever signs up when all seats are taken waits for one; without a waiting list they are refused."),
    )
    note_verbale_required = models.BooleanField(
        _("note verbale required"), default=False, help_text=_("Delegations without one are shown as incomplete.")
    )
    is_reviewed = models.BooleanField(_("reviewed"), default=False, help_text=_("Sign-ups wait for a decision of the secretariat."))
    translations = TranslationsField()
    asked: list[Any] | None = None
    """The questions of the meeting's own for this type, once they were read as queries.questions does."""

    class Meta:
        verbose_name = _("delegation type")
        verbose_name_plural = _("delegation types")
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["meeting", "code"], name="delegation_type_code_once_per_meeting")]

    def __str__(self) -> str:
        return str(self.name)
