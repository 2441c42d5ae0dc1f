"""The model: one concept a file."""

from registrations.models.attempt import Attempt
from registrations.models.delegation import Delegation
from registrations.models.delegation_type import DelegationType
from registrations.models.delivery_event import DeliveryEvent
from registrations.models.desk_membership import DeskMembership
from registrations.models.entity import Entity
from registrations.models.history_entry import HistoryEntry
from registrations.models.incoming_message import IncomingMessage
from registrations.models.invitation import Invitation, Revision
from registrations.models.meeting import Clock, Host, Meeting
from registrations.models.note_verbale import NoteVerbale
from registrations.models.outbox_message import OutboxMessage
from registrations.models.participant import Participant
from registrations.models.prepared_reason import PreparedReason
from registrations.models.programme import ProgrammeItem, Session, Speaker
from registrations.models.programme_version import ProgrammeVersion
from registrations.models.reminder import Reminder
from registrations.models.submission import Submission

__all__ = [
    "Attempt",
    "Clock",
    "Delegation",
    "DelegationType",
    "DeliveryEvent",
    "DeskMembership",
    "Entity",
    "HistoryEntry",
    "Host",
    "IncomingMessage",
    "Invitation",
    "Meeting",
    "NoteVerbale",
    "OutboxMessage",
    "Participant",
    "PreparedReason",
    "ProgrammeItem",
    "ProgrammeVersion",
    "Reminder",
    "Revision",
    "Session",
    "Speaker",
    "Submission",
]
