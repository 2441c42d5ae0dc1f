"""The words of the model that have a fixed set of values."""

from registrations.enums.calendar import Answer, CalendarDelivery, CalendarMethod, IncomingKind
from registrations.enums.desk import DeskRole, Door
from registrations.enums.lists import EntityNames, ListContents, ListKind, ListOrder, ListSection, RowOutcome
from registrations.enums.mail import MAY_HAVE_LEFT, Arrival, AutomaticMail, ChaseWording, Delivery, LetterStatus, MessageKind, Outcome
from registrations.enums.meeting import EntityKind, HostRole, ProgrammeStatus, QuestionKind, Represents
from registrations.enums.registration import Action, Likeness, Limit, Role, Source, Status

__all__ = [
    "MAY_HAVE_LEFT",
    "Action",
    "Answer",
    "Arrival",
    "AutomaticMail",
    "CalendarDelivery",
    "CalendarMethod",
    "ChaseWording",
    "Delivery",
    "DeskRole",
    "Door",
    "EntityKind",
    "EntityNames",
    "HostRole",
    "IncomingKind",
    "LetterStatus",
    "Likeness",
    "Limit",
    "ListContents",
    "ListKind",
    "ListOrder",
    "ListSection",
    "MessageKind",
    "Outcome",
    "ProgrammeStatus",
    "QuestionKind",
    "Represents",
    "Role",
    "RowOutcome",
    "Source",
    "Status",
]
