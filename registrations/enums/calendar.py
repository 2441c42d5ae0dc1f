"""The words of RFC 5545 and 5546, and what comes back from calendars."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CalendarMethod(TextChoices):
    """iTIP methods (RFC 5546 1.4) that we send to a participant."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"
    PUBLISH = "PUBLISH"


class CalendarDelivery(TextChoices):
    """How the confirmed get their sessions by mail."""

    INVITATIONS = "invitations", _("an invitation for each session, which calendars keep up to date")
    FILE = "file", _("one mail with one file of all sessions, to be imported")


class Answer(TextChoices):
    """What an attendee has answered: PARTSTAT (RFC 5545 3.2.12)."""

    NEEDS_ACTION = "NEEDS-ACTION", pgettext_lazy("calendar invitation", "not answered")
    ACCEPTED = "ACCEPTED", pgettext_lazy("calendar invitation", "accepted")
    TENTATIVE = "TENTATIVE", pgettext_lazy("calendar invitation", "tentative")
    DECLINED = "DECLINED", pgettext_lazy("calendar invitation", "declined")


class IncomingKind(TextChoices):
    """What a mail that came back is; only an answer has consequences."""

    ANSWER = "answer", pgettext_lazy("incoming mail", "answer to an invitation")
    UNVERIFIED = "unverified", pgettext_lazy("incoming mail", "answer from another address")
    STALE = "stale", pgettext_lazy("incoming mail", "answer to an earlier version")
    REQUEST = "request", pgettext_lazy("incoming mail", "calendar request, to be read by somebody")
    UNREADABLE = "unreadable", pgettext_lazy("incoming mail", "unreadable calendar file")
    AUTOMATIC = "automatic", pgettext_lazy("incoming mail", "automatic reply")
    BOUNCE = "bounce", pgettext_lazy("incoming mail", "delivery report")
    LETTER = "letter", pgettext_lazy("incoming mail", "letter")
