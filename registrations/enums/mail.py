"""What is written to people, and what becomes of it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class MessageKind(TextChoices):
    """What a mail says; each has its templates in templates/mail/."""

    RECEIVED = "received", _("registration received")
    WAITING = "waiting", _("on the waiting list")
    INVITATION = "invitation", _("calendar invitation or update")
    CANCELLATION = "cancellation", _("calendar cancellation")
    CALENDAR_FILE = "calendar_file", _("sessions in one calendar file")
    DECLINED = "declined", _("registration declined")
    ALREADY_REGISTERED = "already_registered", _("already registered")
    RETURNED = "returned", _("returned for correction")
    SUMMARY = "summary", _("summary for the focal point")
    DIGEST = "digest", _("news for the focal point")
    DELEGATION_LINK = "delegation_link", _("link to the delegation’s page")
    HANDED_OVER = "handed_over", _("focal point replaced")
    LINKS = "links", _("personal links, as asked for")
    REMINDER = "reminder", _("reminder of a session")
    WITHDRAW_QUESTION = "withdraw_question", _("question whether to withdraw")
    FORWARDED = "forwarded", _("letter passed on to the secretariat")
    CHASE = "chase", _("reminder to sign up")
    LETTER = "letter", _("letter of the secretariat")


class AutomaticMail(TextChoices):
    """A mail that is written by itself, told apart by what it says: a meeting can put each into its own words.

    Named as its MessageKind, except where one kind says several things.
    """

    RECEIVED = "received", _("registration received")
    ALREADY_REGISTERED = "already_registered", _("already registered")
    INVITATION = "invitation", _("registration confirmed: calendar invitation")
    CALENDAR_FILE = "calendar_file", _("registration confirmed: sessions in one calendar file")
    WAITING = "waiting", _("on the waiting list")
    RETURNED = "returned", _("returned for correction")
    DECLINED = "declined", _("registration declined")
    REMINDER = "reminder", _("reminder of a session")
    INVITATION_CHANGED = "invitation_changed", _("session rescheduled, or invitation updated")
    REINSTATED = "reinstated", _("session takes place after all")
    FILE_CHANGED = "file_changed", _("sessions changed: new calendar file")
    SESSION_CANCELLED = "session_cancelled", _("session cancelled")
    WITHDRAWN = "withdrawn", _("registration withdrawn")
    CANCELLATION = "cancellation", _("calendar entry cancelled for another reason")
    FILE_OVER = "file_over", _("no more sessions: calendar file that takes them out")
    WITHDRAW_QUESTION = "withdraw_question", _("question whether to withdraw")
    LINKS = "links", _("personal links, as asked for")
    SUMMARY = "summary", _("summary for the focal point")
    DIGEST = "digest", _("news for the focal point")
    DELEGATION_LINK = "delegation_link", _("link to the delegation’s page")
    HANDED_OVER = "handed_over", _("focal point replaced")
    CHASE = "chase", _("reminder to sign up")
    FORWARDED = "forwarded", _("letter passed on to the secretariat")


class ChaseWording(TextChoices):
    """In which language those who have not answered are written to."""

    OWN = "own", _("Each in its own language; those whose language is not known in both")
    BOTH = "both", _("All in English and Spanish, in one mail")


class LetterStatus(TextChoices):
    """Where a letter of the secretariat stands; what became of each mail is on its row of the outbox."""

    DRAFT = "draft", pgettext_lazy("letter", "draft")
    SENT = "sent", pgettext_lazy("letter", "sent off")
    CANCELLED = "cancelled", pgettext_lazy("letter", "cancelled")


class Delivery(TextChoices):
    """Where a mail stands between being owed and being sent."""

    QUEUED = "queued", pgettext_lazy("mail", "queued")
    SENDING = "sending", pgettext_lazy("mail", "being sent")
    SENT = "sent", pgettext_lazy("mail", "sent")
    UNCERTAIN = "uncertain", pgettext_lazy("mail", "uncertain")
    FAILED = "failed", pgettext_lazy("mail", "failed")
    SUPERSEDED = "superseded", pgettext_lazy("mail", "no longer needed")


class Outcome(TextChoices):
    """What became of one mail of a letter; those that somebody has to look at come first."""

    FAILED = "failed", pgettext_lazy("mail of a letter", "failed")
    BOUNCED = "bounced", pgettext_lazy("mail of a letter", "came back")
    UNCERTAIN = "uncertain", pgettext_lazy("mail of a letter", "in doubt")
    OWED = "owed", pgettext_lazy("mail of a letter", "to be sent")
    SENT = "sent", pgettext_lazy("mail of a letter", "sent")
    CANCELLED = "cancelled", pgettext_lazy("mail of a letter", "not sent")


MAY_HAVE_LEFT = (Delivery.SENT, Delivery.UNCERTAIN)


"""Where the recipient has the mail, as far as anybody can know."""


class Arrival(TextChoices):
    """What became of a mail after it had left, the later the more final; the last three end it."""

    DEFERRED = "deferred", pgettext_lazy("mail", "deferred")
    DELIVERED = "delivered", pgettext_lazy("mail", "delivered")
    BOUNCED = "bounced", pgettext_lazy("mail", "bounced")
    REJECTED = "rejected", pgettext_lazy("mail", "rejected")
    COMPLAINED = "complained", pgettext_lazy("mail", "reported as spam")
