"""What is said of a registration and of those who are registered."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Status(TextChoices):
    """Where a participant's registration stands; it moves only through rules.transitions."""

    PENDING = "pending", pgettext_lazy("registration", "under review")
    RETURNED = "returned", pgettext_lazy("registration", "returned for correction")
    CONFIRMED = "confirmed", pgettext_lazy("registration", "confirmed")
    WAITING = "waiting", pgettext_lazy("registration", "on the waiting list")
    DECLINED = "declined", pgettext_lazy("registration", "declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("registration", "withdrawn")


class Action(TextChoices):
    """What can be done to a registration after sign-up."""

    CONFIRM = "confirm", _("confirm")
    WAIT = "wait", _("put on the waiting list")
    DECLINE = "decline", _("decline")
    RETURN = "return", _("return for correction")
    RESUBMIT = "resubmit", _("send in again")
    WITHDRAW = "withdraw", _("withdraw")
    REJOIN = "rejoin", _("take part after all")
    SUBSTITUTE = "substitute", _("give the place to somebody else")


class Limit(TextChoices):
    """What can be full, the narrowest first."""

    DELEGATION = "delegation"
    TYPE = "type"
    MEETING = "meeting"


class Role(TextChoices):
    """A person's function in the delegation, in order of precedence."""

    HEAD = "head", _("Head of delegation")
    ALTERNATE = "alternate", _("Alternate head of delegation")
    REPRESENTATIVE = "representative", _("Representative")
    ADVISER = "adviser", _("Adviser")
    OBSERVER = "observer", _("Observer")


class Likeness(TextChoices):
    """Why two registrations may be those of one person."""

    NAME = "name", _("same name")
    ORDER = "order", _("same names in another order")
    MAILBOX = "mailbox", _("same e-mail")


class Source(TextChoices):
    """The edge through which a participant came in."""

    PUBLIC_FORM = "public form", _("public form")
    DELEGATION_PAGE = "delegation page", _("delegation’s page")
    DESK = "desk", _("desk")
