"""Who was at which session."""

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from registrations.enums import Status
from registrations.models import Meeting, Participant, Presence, Session
from registrations.rules.attendance import DOORS_OPEN_BEFORE, AttendanceList, Attendee
from registrations.rules.names import fold


def attendance_list(meeting: Meeting) -> AttendanceList:
    """The meeting's confirmed, to be recognized on a platform's list; one statement."""
    people = Participant.objects.filter(meeting=meeting, status=Status.CONFIRMED, erased_at=None).select_related("delegation__entity")
    return AttendanceList([_attendee(person) for person in people.order_by("family_names", "given_names", "pk")])


def with_presence(participants: QuerySet[Participant], *, session: int | None = None) -> QuerySet[Participant]:
    """The confirmed who were at any session, or at this one."""
    return participants.filter(_was_there(session), status=Status.CONFIRMED)


def without_presence(participants: QuerySet[Participant], *, session: int | None = None) -> QuerySet[Participant]:
    """The confirmed who were at no session, or not at this one."""
    return participants.filter(~_was_there(session), status=Status.CONFIRMED)


def sessions_begun(*, now: datetime) -> QuerySet[Session]:
    """The sessions of published meetings that have begun, the latest first."""
    begun = Session.objects.filter(starts_at__lte=now, is_cancelled=False, meeting__is_published=True)
    return begun.select_related("meeting").order_by("-starts_at", "pk")


def sessions_to_check_in(*, now: datetime) -> QuerySet[Session]:
    """The sessions at whose door people are: those that have begun, and before them those that begin within three hours."""
    doors = Session.objects.filter(starts_at__lte=now + DOORS_OPEN_BEFORE, is_cancelled=False, meeting__is_published=True)
    return doors.select_related("meeting").order_by("-starts_at", "pk")


def person_with_reference(session: Session, *, reference: str) -> Participant | None:
    """The participant of the session's meeting with this reference; one statement."""
    people = Participant.objects.filter(meeting=session.meeting_id, erased_at=None)
    return people.select_related("delegation__entity", "delegation__type").filter(reference=reference).first()


def _was_there(session: int | None) -> Exists:
    presences = Presence.objects.filter(participant=OuterRef("pk"))
    return Exists(presences.filter(session=session) if session else presences)


def _attendee(person: Participant) -> Attendee:
    entity = person.delegation.entity
    names = (entity.name_en, entity.name_es, entity.acronym_en, entity.acronym_es) if entity else (person.delegation.organization_name,)
    return Attendee(person.pk, person.full_name, person.mailbox, str(person.delegation), frozenset(fold(name) for name in names if name))
