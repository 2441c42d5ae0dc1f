"""What calendars have answered to the invitations."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from registrations.enums import Answer, Status
from registrations.models import Invitation, Participant, Session

_Attendance = Participant.sessions.through


@dataclass(frozen=True)
class SessionAnswers:
    """How many confirmed people have given each answer, one number for each answer in their order."""

    session: Session
    numbers: tuple[tuple[Answer, int], ...]


def are_asked() -> bool:
    """Whether calendars ask for an answer: only where somebody reads it."""
    return bool(settings.REPLIES != "off")


def attending(invitation: Invitation) -> list[Participant]:
    """Those on the invitation's mailbox who are confirmed for its session, in the order in which they signed up."""
    people = Participant.objects.filter(
        sessions=invitation.session_id, mailbox=invitation.mailbox, status=Status.CONFIRMED, erased_at=None, erasure_approved_at=None
    )
    return list(people.select_related("meeting", "delegation").order_by("pk"))


def answers_of(participant: Participant, *, sessions: Sequence[Session]) -> list[tuple[Session, Answer]]:
    """The sessions, each with what the participant's mailbox answered; one statement."""
    given = dict(Invitation.objects.filter(session__in=sessions, mailbox=participant.mailbox).values_list("session", "answer"))
    return [(session, Answer(given.get(session.pk, Answer.NEEDS_ACTION))) for session in sessions]


def with_answer(participants: QuerySet[Participant], answer: Answer, *, session: str | None = None) -> QuerySet[Participant]:
    """The confirmed who gave the answer to a session that they attend, or to this one of them; without an invitation nothing is answered."""
    attended = _with_answers().filter(participant=OuterRef("pk"), answer=answer)
    if session:
        attended = attended.filter(session=session)
    return participants.filter(Exists(attended), status=Status.CONFIRMED)


def answers_by_session() -> Counter[tuple[int, str]]:
    """How many confirmed people of published meetings gave each answer to each session; one statement."""
    confirmed = _with_answers().filter(participant__status=Status.CONFIRMED, participant__meeting__is_published=True)
    rows = confirmed.values_list("session", "answer").annotate(number=Count("pk")).order_by()
    return Counter({(session, answer): number for session, answer, number in rows})


def _with_answers() -> QuerySet["_Attendance"]:  # type: ignore[valid-type]
    invitation = Invitation.objects.filter(session=OuterRef("session"), mailbox=OuterRef("participant__mailbox"))
    return _Attendance.objects.annotate(answer=Coalesce(Subquery(invitation.values("answer")[:1]), Value(Answer.NEEDS_ACTION.value)))
