from django.db import models
from django.utils.translation import gettext_lazy as _

from registrations.models.delegation import Delegation


class Submission(models.Model):
    """One accepted sign-up form: what was answered, so that a repeated form gets the same answer and changes nothing.

    `lines` holds, in the order of the form, {"participant": pk, "reference", "name" (as typed), "status" (as announced)}.
    The reference is the participant's own, except for somebody who was registered already: it is new and leads to that
    registration, so that the answer does not tell who was there before.
    """

    form_id = models.UUIDField(primary_key=True)
    delegation = models.ForeignKey(Delegation, models.CASCADE, related_name="submissions", verbose_name=_("delegation"))
    lines = models.JSONField()
    address_key = models.CharField(max_length=64, blank=True, db_index=True)
    created_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("sign-up form received")
        verbose_name_plural = _("sign-up forms received")

    def __str__(self) -> str:
        return str(self.form_id)
