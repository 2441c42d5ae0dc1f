import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from registrations.models.delegation import Delegation


class NoteVerbale(models.Model):
    """One version of the document with which a delegation is accredited; the newest counts, the earlier ones are its history.

    The content is in the database, so that it is written, backed up and erased together with the rest. An erased one keeps the
    fact that it was received, and counts no more.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    delegation = models.ForeignKey(Delegation, models.CASCADE, related_name="notes", verbose_name=_("delegation"))
    file_name = models.CharField(_("file"), max_length=200, blank=True)
    content_type = models.CharField(_("kind of file"), max_length=100)
    size = models.PositiveIntegerField(_("size in bytes"))
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    uploaded_by = models.CharField(_("by"), max_length=150)
    uploaded_at = models.DateTimeField(_("received"))
    erased_at = models.DateTimeField(_("erased"), null=True, editable=False)

    class Meta:
        verbose_name = _("note verbale")
        verbose_name_plural = _("notes verbales")
        ordering = ["-uploaded_at", "-pk"]

    def __str__(self) -> str:
        return self.file_name
