"""The words of the model that have a fixed set of values."""

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


class Likeness(TextChoices):
    """Why two registrations may be those of one person."""

    NAME = "name", _("same name")
    ORDER = "order", _("same names in another order")
    MAILBOX = "mailbox", _("same e-mail")


class DeskRole(TextChoices):
    """What an organizer does in a meeting; the rights of each are in rules.desk_roles."""

    SECRETARIAT = "secretariat", pgettext_lazy("role at the desk", "secretariat: everything in the meeting")
    REVIEWER = "reviewer", pgettext_lazy("role at the desk", "reviewer: sees everything, decides on registrations")
    PROTOCOL = "protocol", pgettext_lazy("role at the desk", "protocol: lists, badges, check-in")
    READER = "reader", pgettext_lazy("role at the desk", "reader: sees everything, changes nothing")
    INTERPRETER = "interpreter", pgettext_lazy("role at the desk", "interpreter: names and programme only")


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


class Source(TextChoices):
    """The edge through which a participant came in."""

    PUBLIC_FORM = "public form", _("public form")
    DELEGATION_PAGE = "delegation page", _("delegation’s page")
    DESK = "desk", _("desk")


class Door(TextChoices):
    """The edge through which something was done."""

    PUBLIC_FORM = "public form", pgettext_lazy("door", "sign-up form")
    OWN_PAGE = "own page", pgettext_lazy("door", "participant’s page")
    DELEGATION_PAGE = "delegation page", pgettext_lazy("door", "delegation’s page")
    DESK = "desk", pgettext_lazy("door", "desk")
    CALENDAR = "calendar", pgettext_lazy("door", "calendar’s answer")
    AUTOMATIC = "automatic", pgettext_lazy("door", "automatic")
    COMMAND = "command", pgettext_lazy("door", "command on the server")


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
