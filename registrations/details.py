"""What the edges hand to the operations: well-formed, immutable, free of HTTP."""

from dataclasses import dataclass
from uuid import UUID

from registrations.enums import Role


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Who does something: `label` goes into the history, `user_id` when it is an organizer."""

    label: str
    user_id: int | None = None


PUBLIC = Actor(label="public form")
PARTICIPANT = Actor(label="participant")
FOCAL_POINT = Actor(label="focal point")
SYSTEM = Actor(label="system")


@dataclass(frozen=True, kw_only=True)
class Person:
    """One participant as typed. `sessions` holds the numbers of the sessions attended."""

    honorific: str
    given_names: str
    family_names: str
    role: Role
    position: str
    email: str
    phone: str
    language: str
    sessions: frozenset[int]
    accessibility_needs: str

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
