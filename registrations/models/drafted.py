from typing import Any

from django.db import models


class PublishedManager(models.Manager[Any]):
    """The rows that have been published. Joins do not pass through it: name `is_draft` there."""

    def get_queryset(self) -> models.QuerySet[Any]:
        return super().get_queryset().filter(is_draft=False)


class Drafted(models.Model):
    """A record of the programme: its columns hold what is published, `draft` what the organizers have typed since.

    `draft` is {column: its value as text}. A new record is_draft until it is published, one that is_dropped goes with the next publishing.
    """

    draft = models.JSONField(default=dict, editable=False)
    is_draft = models.BooleanField(default=False, editable=False)
    is_dropped = models.BooleanField(default=False, editable=False)

    with_drafts = models.Manager()
    objects = PublishedManager()

    class Meta:
        abstract = True
        default_manager_name = "objects"
