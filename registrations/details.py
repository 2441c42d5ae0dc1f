"""What the edges hand to the operations: well-formed, immutable, free of HTTP."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from registrations.enums import Answer, Door, EntityNames, IncomingKind, ListKind, ListOrder, Role


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Who does something, and through which door: `label` goes into the history, `user_id` when it is an organizer."""

    label: str
    user_id: int | None = None
    door: Door = Door.DESK


def organizer_of(user: Any) -> Actor:
    """The organizer with this account, as the history names them."""
    return Actor(label=user.get_full_name() or user.get_username(), user_id=user.pk)


PUBLIC = Actor(label="public form", door=Door.PUBLIC_FORM)
PARTICIPANT = Actor(label="participant", door=Door.OWN_PAGE)
FOCAL_POINT = Actor(label="focal point", door=Door.DELEGATION_PAGE)
SYSTEM = Actor(label="system", door=Door.AUTOMATIC)
CALENDAR = Actor(label="calendar", door=Door.CALENDAR)
COMMAND = Actor(label="command", door=Door.COMMAND)


@dataclass(frozen=True, kw_only=True)
class Person:
    """One participant as typed.

    `sessions` holds the numbers of the sessions attended, `institution` is "" where it is the delegation's own, `answers` are as
    rules.questions says.
    """

    honorific: str
    given_names: str
    family_names: str
    role: Role
    position: str
    institution: str = ""
    email: str
    phone: str
    language: str
    sessions: frozenset[int]
    accessibility_needs: str
    answers: Mapping[str, str] = field(default_factory=dict)

    @property
    def full_name(self) -> str:
        """Given and family names as typed, without the courtesy title."""
        return f"{self.given_names} {self.family_names}".strip()


@dataclass(frozen=True, kw_only=True)
class FocalPoint:
    name: str
    email: str
    language: str


@dataclass(frozen=True, kw_only=True)
class Document:
    """A file as it was sent; its name is only a wish."""

    file_name: str
    content: bytes


@dataclass(frozen=True, kw_only=True)
class LetterTexts:
    """What a letter says in both languages, and when it is to leave: at once where `due_at` is None."""

    subject_en: str
    subject_es: str
    text_en: str
    text_es: str
    due_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class SignUp:
    """A delegation with its participants, as one form brings it in.

    `entity_code` is set for an entity from the list, `organization` for a name typed in freely; exactly one of them.
    `form_id` makes the form count once, `address_key` is the keyed hash of the sender's network address.
    """

    form_id: UUID
    entity_code: str
    organization: str
    focal_point: FocalPoint
    people: tuple[Person, ...]
    address_key: str


@dataclass(frozen=True, kw_only=True)
class CalendarReply:
    """What a calendar file that came back says (RFC 5546 3.2); every value is the sender's claim.

    `uid` is that of the entry, or None where it cannot be one of ours. `answer` is None for whatever is not a plain answer;
    `attendee` and `dtstamp` may be missing only then.
    """

    method: str
    uid: UUID | None
    attendee: str
    answer: Answer | None
    sequence: int
    dtstamp: datetime | None
    comment: str


@dataclass(frozen=True, kw_only=True)
class IncomingMail:
    """A mail that came back, as it was read.

    `nature` is what it is without its calendar file: LETTER, AUTOMATIC, BOUNCE or UNREADABLE. `sender` is the mailbox in From, "" where
    there is not exactly one; `is_disowned` says that the server that received the mail found it not to come from there. `answered`
    holds the Message-IDs that the mail refers to, without their brackets.
    """

    digest: str
    nature: IncomingKind
    sender: str
    subject: str
    text: str
    is_disowned: bool
    answered: tuple[str, ...]
    reply: CalendarReply | None


@dataclass(frozen=True, kw_only=True)
class ListOptions:
    """What the organizers chose for a list of participants; the same for both languages.

    `letter` is used by ListOrder.LETTER only, `precedence`, names of delegations in either language, by ListOrder.PRECEDENCE only.
    `questions` are the codes of those whose answers are printed.
    """

    kind: ListKind = ListKind.PROVISIONAL
    order: ListOrder = ListOrder.ALPHABET
    letter: str = ""
    precedence: tuple[str, ...] = ()
    names: EntityNames = EntityNames.SHORT
    has_emails: bool = False
    has_phones: bool = False
    questions: tuple[str, ...] = ()
    marks_changes: bool = True
