from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registrations.models.delegation_type import DelegationType
from registrations.models.entity import Entity
from registrations.models.fields import FoldedField, MailboxField


class ExpectedDelegation(models.Model):
    """Somebody invited as one type of delegation, of whom the secretariat wants to know whether they have answered.

    `contact_email` is where a mission is written to that has not; an empty `language` stands for all languages of the site.
    """

    type = models.ForeignKey(DelegationType, models.CASCADE, related_name="expected", verbose_name=_("type"))
    entity = models.ForeignKey(Entity, models.CASCADE, null=True, blank=True, related_name="expected", verbose_name=_("State or organization"))
    organization_name = models.CharField(_("organization that is not on the list"), max_length=200, blank=True)
    organization_key = FoldedField(of=("organization_name",))
    contact_email = models.EmailField(_("contact e-mail"), blank=True, help_text=_("Whoever has not answered is written to at this address."))
    mailbox = MailboxField(of=("contact_email",))
    language = models.CharField(_("language of correspondence"), max_length=5, blank=True)

    class Meta:
        verbose_name = _("expected delegation")
        verbose_name_plural = _("expected delegations")
        constraints = [
            models.UniqueConstraint(
                fields=["type", "entity"],
                name="expected_once_per_type_and_entity",
                violation_error_message=_("It is on the list of this type already."),
            ),
            models.UniqueConstraint(
                fields=["type", "organization_key"],
                condition=Q(entity=None),
                name="expected_once_per_type_and_organization",
                violation_error_message=_("It is on the list of this type already."),
            ),
            models.CheckConstraint(
                condition=Q(entity=None) ^ Q(organization_name=""),
                name="expected_stands_for_one",
                violation_error_message=_("Choose from the list or type a name, not both."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.entity) if self.entity else self.organization_name
