"""What is said of a meeting, of who is invited to it and of what it asks."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Represents(TextChoices):
    """What the delegations of one type stand for."""

    STATE = "state", _("a State or other entity from the list")
    ORGANIZATION = "organization", _("an organization, from the list or typed in")


class EntityKind(TextChoices):
    STATE = "state", _("State or entity")
    INTERNATIONAL = "international", _("international organization")
    UN = "un", _("United Nations entity")
    NGO = "ngo", _("non-governmental organization")
    ACADEMIC = "academic", _("academic institution")


class QuestionKind(TextChoices):
    """How a question of the meeting's own is answered."""

    TEXT = "text", _("text")
    CHOICE = "choice", _("choice from a list")
    YES_NO = "yes_no", _("yes or no")
    FILE = "file", _("file")


class HostRole(TextChoices):
    ORGANIZER = "organizer", _("organizer")
    CO_ORGANIZER = "co-organizer", _("co-organizer")
    FUNDER = "funder", _("funder")


class ProgrammeStatus(TextChoices):
    PROVISIONAL = "provisional", pgettext_lazy("programme", "provisional")
    FINAL = "final", pgettext_lazy("programme", "final")
