from django.db import models


class Attempt(models.Model):
    """Somebody tried something that is limited by the hour; `key` is a keyed hash or a link's number and tells nobody who it was."""

    door = models.CharField(max_length=20)
    key = models.CharField(max_length=64)
    created_at = models.DateTimeField(db_index=True)

    class Meta:
        indexes = [models.Index(fields=["door", "key", "created_at"], name="attempts_at_a_door")]

    def __str__(self) -> str:
        return self.door
