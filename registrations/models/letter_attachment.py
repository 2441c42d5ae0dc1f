import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from registrations.models.letter import Letter


class LetterAttachment(models.Model):
    """A file that goes with every mail of a letter. It is kept in the database, so that it is written and backed up with the rest."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    letter = models.ForeignKey(Letter, models.CASCADE, related_name="attachments", verbose_name=_("letter"))
    file_name = models.CharField(_("file"), max_length=200)
    content_type = models.CharField(_("kind of file"), max_length=100)
    size = models.PositiveIntegerField(_("size in bytes"))
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    uploaded_at = models.DateTimeField(_("received"))

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["uploaded_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["letter", "sha256"], name="attached_once_to_a_letter")]

    def __str__(self) -> str:
        return self.file_name
