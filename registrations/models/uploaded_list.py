from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from registrations.enums import ListContents
from registrations.models.delegation_type import DelegationType
from registrations.models.meeting import Meeting


class UploadedList(models.Model):
    """A list on its way in, of people or of expected delegations: its cells line by line, and once it is mapped what each column holds.

    `default_type` and `language` stand for rows that name none. It goes as soon as it was taken in, and a day later in any case.
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="uploaded_lists", verbose_name=_("meeting"))
    contents = models.CharField(_("contents"), max_length=20, choices=ListContents.choices, default=ListContents.PEOPLE)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("organizer"))
    file_name = models.CharField(_("file"), max_length=200)
    cells = models.JSONField()
    has_headings = models.BooleanField(default=True)
    columns = models.JSONField(default=list)
    default_type = models.ForeignKey(DelegationType, models.SET_NULL, null=True, blank=True, related_name="+")
    language = models.CharField(_("language of correspondence"), max_length=5)
    uploaded_at = models.DateTimeField(_("uploaded"), db_index=True)

    class Meta:
        verbose_name = _("uploaded list")
        verbose_name_plural = _("uploaded lists")
        ordering = ["-uploaded_at"]

    def __str__(self) -> str:
        return self.file_name


class KnownHeading(models.Model):
    """What a column with this heading, folded, was said to hold when a list of this kind was mapped for the meeting."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="known_headings", verbose_name=_("meeting"))
    contents = models.CharField(_("contents"), max_length=20, choices=ListContents.choices, default=ListContents.PEOPLE)
    key = models.CharField(_("heading"), max_length=200)
    column = models.CharField(_("column"), max_length=60)

    class Meta:
        verbose_name = _("heading of a list")
        verbose_name_plural = _("headings of lists")
        constraints = [models.UniqueConstraint(fields=["meeting", "contents", "key"], name="known_heading_once_per_kind_of_list")]

    def __str__(self) -> str:
        return self.key
