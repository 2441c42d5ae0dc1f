from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registrations.models.delegation_type import DelegationType
from registrations.models.entity import Entity
from registrations.models.fields import FoldedField, MailboxField


class Delegation(models.Model):
    """One entity's group at one meeting; a second sign-up for the same mission joins it.

    Raising `link_version` revokes the link to its page.
    """

    type = models.ForeignKey(DelegationType, models.PROTECT, related_name="delegations", verbose_name=_("type"))
    entity = models.ForeignKey(Entity, models.PROTECT, null=True, blank=True, related_name="delegations", verbose_name=_("State or organization"))
    organization_name = models.CharField(_("organization, as typed"), max_length=200, blank=True)
    organization_key = FoldedField(of=("organization_name",))
    focal_point_name = models.CharField(_("focal point"), max_length=200)
    focal_point_email = models.EmailField(_("focal point's e-mail"))
    focal_point_language = models.CharField(_("focal point's language"), max_length=5)
    focal_point_mailbox = MailboxField(of=("focal_point_email",), db_index=True)
    link_version = models.PositiveIntegerField(default=1, editable=False)
    focal_point_bounced_at = models.DateTimeField(_("mail to the focal point came back"), null=True, editable=False)
    created_at = models.DateTimeField(_("since"))

    class Meta:
        verbose_name = _("delegation")
        verbose_name_plural = _("delegations")
        constraints = [
            models.UniqueConstraint(fields=["type", "entity"], name="delegation_once_per_type_and_entity"),
            models.UniqueConstraint(fields=["type", "organization_key"], condition=Q(entity=None), name="delegation_once_per_type_and_organization"),
            models.CheckConstraint(condition=Q(entity=None) ^ Q(organization_name=""), name="delegation_represents_one"),
        ]

    def __str__(self) -> str:
        return str(self.entity) if self.entity else self.organization_name
