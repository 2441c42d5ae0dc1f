"""The model: one concept a file."""

from registrations.models.answer_document import AnswerDocument
from registrations.models.attempt import Attempt
from registrations.models.delegation import Delegation
from registrations.models.delegation_type import DelegationType
from registrations.models.delivery_event import DeliveryEvent
from registrations.models.desk_membership import DeskMembership
from registrations.models.entity import Entity
from registrations.models.expected_delegation import ExpectedDelegation
from registrations.models.history_entry import HistoryEntry
from registrations.models.incoming_message import IncomingMessage
from registrations.models.invitation import Invitation, Revision
from registrations.models.issued_list import IssuedList
from registrations.models.letter import Letter
from registrations.models.letter_attachment import LetterAttachment
from registrations.models.meeting import Clock, Host, Meeting
from registrations.models.meeting_text import MeetingText
from registrations.models.note_verbale import NoteVerbale
from registrations.models.outbox_message import OutboxMessage
from registrations.models.participant import Participant
from registrations.models.prepared_reason import PreparedReason
from registrations.models.presence import Presence
from registrations.models.programme import ProgrammeItem, Session, Speaker
from registrations.models.programme_version import ProgrammeVersion
from registrations.models.question import Question, QuestionOption
from registrations.models.reminder import Reminder
from registrations.models.saved_columns import SavedColumns
from registrations.models.submission import Submission
from registrations.models.uploaded_list import KnownHeading, UploadedList

__all__ = [
    "AnswerDocument",
    "Attempt",
    "Clock",
    "Delegation",
    "DelegationType",
    "DeliveryEvent",
    "DeskMembership",
    "Entity",
    "ExpectedDelegation",
    "HistoryEntry",
    "Host",
    "IncomingMessage",
    "Invitation",
    "IssuedList",
    "KnownHeading",
    "Letter",
    "LetterAttachment",
    "Meeting",
    "MeetingText",
    "NoteVerbale",
    "OutboxMessage",
    "Participant",
    "PreparedReason",
    "Presence",
    "ProgrammeItem",
    "ProgrammeVersion",
    "Question",
    "QuestionOption",
    "Reminder",
    "Revision",
    "SavedColumns",
    "Session",
    "Speaker",
    "Submission",
    "UploadedList",
]
