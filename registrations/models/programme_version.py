from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from registrations.models.meeting import Meeting


class ProgrammeVersion(models.Model):
    """The programme as it was published once; append only.

    `programme` is the whole of it and `changes` what differs from the version before, both as JSON with every text in both languages.
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="programme_versions", verbose_name=_("meeting"))
    number = models.PositiveIntegerField(_("number"))
    published_at = models.DateTimeField(_("published"))
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, verbose_name=_("published by"))
    programme = models.JSONField(default=dict)
    changes = models.JSONField(default=list)

    class Meta:
        verbose_name = _("version of the programme")
        verbose_name_plural = _("versions of the programme")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["meeting", "number"], name="programme_version_once_per_meeting")]

    def __str__(self) -> str:
        return str(self.number)
