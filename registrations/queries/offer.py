"""What the sign-up form of one delegation type offers to choose from."""

from dataclasses import dataclass
from functools import cached_property

from registrations.enums import Represents
from registrations.models import DelegationType, Question, Session
from registrations.queries.clocks import clocks_of
from registrations.queries.invited import eligible_entities, organization_names
from registrations.queries.questions import questions_for
from registrations.queries.seating import SeatsOnOffer, seats_on_offer
from registrations.rules.clock_faces import ClockLabel, clock_faces
from registrations.rules.dates import weekday_text


@dataclass
class Offer:
    """Lists in the reader's language, each read from the database only when somebody looks at it."""

    delegation_type: DelegationType
    language: str

    @property
    def sessions(self) -> list[Session]:
        """Those that take place."""
        return [session for session in self._published if not session.is_cancelled]

    @property
    def cancelled(self) -> dict[int, str]:
        """Number and title of the sessions that can no longer be chosen."""
        return {session.number: str(session) for session in self._published if session.is_cancelled}

    @cached_property
    def questions(self) -> list[Question]:
        """What the meeting asks of its own."""
        return questions_for(self.delegation_type)

    @cached_property
    def seats(self) -> SeatsOnOffer:
        return seats_on_offer(self.delegation_type.meeting, types=[self.delegation_type])[0]

    @cached_property
    def entities(self) -> list[tuple[str, str]]:
        """Codes and names of the States and other entities that may be represented."""
        return eligible_entities(self.delegation_type, language=self.language)

    @cached_property
    def organizations(self) -> list[str]:
        """Suggestions for the name of an organization; none where a State is chosen."""
        if self.delegation_type.represents == Represents.STATE:
            return []
        return organization_names(language=self.language)

    @cached_property
    def session_choices(self) -> list[tuple[int, str]]:
        """Number of each session, and three lines: "Wednesday 10 February 2027", "15:00-18:00 Geneva (GMT+1)", ..."""
        clocks = clocks_of(self.delegation_type.meeting)
        return [(session.number, self._when(session, clocks)) for session in self.sessions]

    @cached_property
    def _published(self) -> list[Session]:
        return list(self.delegation_type.meeting.sessions.all())

    def _when(self, session: Session, clocks: list[ClockLabel]) -> str:
        faces = clock_faces(clocks, session.starts_at, session.ends_at, language=self.language)
        return "\n".join([weekday_text(faces[0].start, language=self.language), *(face.text for face in faces)])
