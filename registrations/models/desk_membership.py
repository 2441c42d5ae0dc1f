from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from registrations.enums import DeskRole
from registrations.models.meeting import Meeting


class DeskMembership(models.Model):
    """What an organizer may do in one meeting; the rights of each role are in rules.desk_roles."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="desk_memberships", verbose_name=_("meeting"))
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="desk_memberships", verbose_name=_("organizer"))
    role = models.CharField(_("role at the desk"), max_length=20, choices=DeskRole.choices)

    class Meta:
        verbose_name = _("organizer of this meeting")
        verbose_name_plural = _("organizers of this meeting")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "user"],
                name="desk_role_once_per_meeting",
                violation_error_message=_("This person has a role in this meeting already."),
            )
        ]

    def __str__(self) -> str:
        return self.user.get_full_name() or self.user.get_username()
