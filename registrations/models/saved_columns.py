from django.db import models
from django.utils.translation import gettext_lazy as _

from registrations.models.meeting import Meeting


class SavedColumns(models.Model):
    """The columns of an export in their order, by their lasting names, kept under a name of their own with the meeting."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="saved_columns", verbose_name=_("meeting"))
    name = models.CharField(_("name"), max_length=80)
    columns = models.JSONField(_("columns"))

    class Meta:
        verbose_name = _("saved columns")
        verbose_name_plural = _("saved columns")
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["meeting", "name"], name="saved_columns_name_once_per_meeting")]

    def __str__(self) -> str:
        return self.name
