from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from registrations.enums import ListKind
from registrations.models.meeting import Meeting


class IssuedList(models.Model):
    """The list of participants as it was issued once; append only, but for the erasure of somebody's data.

    `options` is what was chosen, and `content` the document in each language (rules.list_content), both as JSON. The first of a kind has
    revision 0.
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="issued_lists", verbose_name=_("meeting"))
    kind = models.CharField(_("kind"), max_length=20, choices=ListKind.choices)
    revision = models.PositiveIntegerField(_("revision"))
    options = models.JSONField(default=dict)
    content = models.JSONField(default=dict)
    issued_at = models.DateTimeField(_("issued"))
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, verbose_name=_("issued by"))

    class Meta:
        verbose_name = _("list of participants")
        verbose_name_plural = _("lists of participants")
        ordering = ["-issued_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["meeting", "kind", "revision"], name="issued_list_once_per_kind_and_revision")]

    def __str__(self) -> str:
        return f"{self.kind} {self.revision}"
