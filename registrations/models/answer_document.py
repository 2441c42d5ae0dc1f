import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from registrations.models.participant import Participant
from registrations.models.question import Question


class AnswerDocument(models.Model):
    """A file with which somebody answers a question; nobody's until the form that it came with is accepted.

    The content is in the database, so that it is written, backed up and erased together with the rest.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    question = models.ForeignKey(Question, models.CASCADE, related_name="documents", verbose_name=_("question"))
    participant = models.ForeignKey(Participant, models.CASCADE, null=True, related_name="documents", verbose_name=_("participant"))
    file_name = models.CharField(_("file"), max_length=200)
    content_type = models.CharField(_("kind of file"), max_length=100)
    size = models.PositiveIntegerField(_("size in bytes"))
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    uploaded_at = models.DateTimeField(_("received"), db_index=True)

    class Meta:
        verbose_name = _("answer by file")
        verbose_name_plural = _("answers by file")

    def __str__(self) -> str:
        return self.file_name
