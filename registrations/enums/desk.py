"""What organizers are, and through which door something is done."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class DeskRole(TextChoices):
    """What an organizer does in a meeting; the rights of each are in rules.desk_roles."""

    SECRETARIAT = "secretariat", pgettext_lazy("role at the desk", "secretariat: everything in the meeting")
    REVIEWER = "reviewer", pgettext_lazy("role at the desk", "reviewer: sees everything, decides on registrations")
    PROTOCOL = "protocol", pgettext_lazy("role at the desk", "protocol: lists, badges, check-in")
    READER = "reader", pgettext_lazy("role at the desk", "reader: sees everything, changes nothing")
    INTERPRETER = "interpreter", pgettext_lazy("role at the desk", "interpreter: names and programme only")


class Door(TextChoices):
    """The edge through which something was done."""

    PUBLIC_FORM = "public form", pgettext_lazy("door", "sign-up form")
    OWN_PAGE = "own page", pgettext_lazy("door", "participant’s page")
    DELEGATION_PAGE = "delegation page", pgettext_lazy("door", "delegation’s page")
    DESK = "desk", pgettext_lazy("door", "desk")
    CALENDAR = "calendar", pgettext_lazy("door", "calendar’s answer")
    AUTOMATIC = "automatic", pgettext_lazy("door", "automatic")
    COMMAND = "command", pgettext_lazy("door", "command on the server")
