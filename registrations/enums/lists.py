"""Lists that are issued, and lists that are taken in."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ListKind(TextChoices):
    """How settled a list of participants is."""

    PROVISIONAL = "provisional", pgettext_lazy("list of participants", "provisional")
    FINAL = "final", pgettext_lazy("list of participants", "final")


class ListOrder(TextChoices):
    """How the delegations of a list of participants follow each other within its sections."""

    ALPHABET = "alphabet", _("alphabetical, in the language of each document")
    LETTER = "letter", _("alphabetical, beginning with States under a letter drawn by lot")
    PRECEDENCE = "precedence", _("a fixed order of precedence, then alphabetical")


class EntityNames(TextChoices):
    """Which names of States a list of participants prints."""

    SHORT = "short", _("short names, e.g. Peru")
    FORMAL = "formal", _("official long names, e.g. Republic of Peru")


class ListSection(TextChoices):
    """A section of the list of participants, in the order of its sections; the first two of States have one for each delegation type."""

    ORGANIZERS = "organizers", _("Organizers")
    STATES = "states", _("States")
    OBSERVER_STATES = "observer states", _("Observer States")
    OBSERVERS = "observers", _("Observers")
    UN = "un", _("United Nations entities")
    INTERNATIONAL = "international", _("International and regional organizations")
    NGO = "ngo", _("Non-governmental organizations")
    ACADEMIC = "academic", _("Academic institutions")
    OTHER = "other", _("Other organizations")


class RowOutcome(TextChoices):
    """What a row of an imported list comes to."""

    NEW = "new", pgettext_lazy("row of a list", "new")
    CHANGED = "changed", pgettext_lazy("row of a list", "changed")
    UNCHANGED = "unchanged", pgettext_lazy("row of a list", "unchanged")
    REFUSED = "refused", pgettext_lazy("row of a list", "refused")


class ListContents(TextChoices):
    """What an uploaded list lists."""

    PEOPLE = "people", pgettext_lazy("uploaded list", "people")
    EXPECTED = "expected", pgettext_lazy("uploaded list", "expected delegations")
