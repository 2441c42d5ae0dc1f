"""Where the published meetings stand: the figures on the desk's first page."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min

from registrations.enums import Answer, Delivery, Status
from registrations.models import Delegation, DelegationType, Meeting, OutboxMessage, Participant, Session
from registrations.queries.answers import SessionAnswers, answers_by_session, are_asked
from registrations.queries.erasure import IN_ERASURE
from registrations.queries.incoming import unread_by_meeting
from registrations.queries.mail_state import OUT_OF_REACH
from registrations.queries.meetings import PUBLISHED
from registrations.queries.participants import with_changes_to_review
from registrations.rules.capacity import seats_left
from registrations.rules.erasure import Erasure
from registrations.rules.sessions import that_date_the_meeting

_Counts = Mapping[tuple[int, str], int]
_COUNTED = [Delivery.QUEUED, Delivery.SENDING, Delivery.FAILED, Delivery.UNCERTAIN]


@dataclass(frozen=True)
class Line:
    """The registrations of one delegation type, one number for each status in their order; of all types where it is None."""

    delegation_type: DelegationType | None
    numbers: tuple[tuple[Status, int], ...]

    @property
    def total(self) -> int:
        return sum(number for _status, number in self.numbers)


@dataclass(frozen=True)
class MeetingFigures:
    """One meeting's figures. `seats_left` is None where there is no limit; `changes` counts those changed after they were confirmed,
    `unread` the messages that came back and are to be read. `answers` are empty where calendars are not asked.
    """

    meeting: Meeting
    lines: tuple[Line, ...]
    totals: Line
    seats_left: int | None
    mails_queued: int
    mails_failed: int
    mails_uncertain: int
    out_of_reach: int
    focal_points_out_of_reach: int
    erasures_asked: int
    is_over: bool
    changes: int
    unread: int
    answers: tuple[SessionAnswers, ...]

    @property
    def to_review(self) -> int:
        return dict(self.totals.numbers)[Status.PENDING]


@dataclass(frozen=True)
class _Tables:
    """What was counted, of all meetings."""

    people: _Counts
    mails: _Counts
    erasures: Mapping[int, int]
    changes: Mapping[int, int]
    out_of_reach: Mapping[int, int]
    focal_points_out_of_reach: Mapping[int, int]
    unread: Mapping[int | None, int]
    answers: _Counts | None


def figures_of_published_meetings(*, now: datetime) -> list[MeetingFigures]:
    """The figures of every published meeting, those that are over last; ten statements whatever their number, eleven with answers."""
    meetings = Meeting.objects.filter(is_published=True).alias(begins=Min("sessions__starts_at", filter=PUBLISHED)).order_by("begins", "pk")
    answers = answers_by_session() if are_asked() else None
    counts = _Tables(_people(), _mails(), _erasures(), _changes(), _out_of_reach(), _focal_points_out_of_reach(), unread_by_meeting(), answers)
    figures = [_figures(meeting, counts, now=now) for meeting in meetings.prefetch_related("delegation_types", "sessions")]
    return sorted(figures, key=lambda each: each.is_over)


def _people() -> _Counts:
    rows = Participant.objects.filter(meeting__is_published=True).values_list("delegation__type", "status").annotate(number=Count("pk")).order_by()
    return Counter({(delegation_type, status): number for delegation_type, status, number in rows})


def _mails() -> _Counts:
    owed = OutboxMessage.objects.filter(meeting__is_published=True, status__in=_COUNTED)
    rows = owed.values_list("meeting", "status").annotate(number=Count("pk")).order_by()
    return Counter({(meeting, status): number for meeting, status, number in rows})


def _changes() -> Mapping[int, int]:
    changed = with_changes_to_review(Participant.objects.filter(meeting__is_published=True), status=Status.CONFIRMED)
    return Counter(dict(changed.values_list("meeting").annotate(number=Count("pk")).order_by()))


def _out_of_reach() -> Mapping[int, int]:
    people = Participant.objects.filter(OUT_OF_REACH, meeting__is_published=True)
    return Counter(dict(people.values_list("meeting").annotate(number=Count("pk")).order_by()))


def _focal_points_out_of_reach() -> Mapping[int, int]:
    delegations = Delegation.objects.filter(focal_point_bounced_at__isnull=False, type__meeting__is_published=True)
    return Counter(dict(delegations.values_list("type__meeting").annotate(number=Count("pk")).order_by()))


def _erasures() -> Mapping[int, int]:
    asked = Participant.objects.filter(IN_ERASURE[Erasure.ASKED], meeting__is_published=True)
    return Counter(dict(asked.values_list("meeting").annotate(number=Count("pk")).order_by()))


def _figures(meeting: Meeting, counts: _Tables, *, now: datetime) -> MeetingFigures:
    types, people, mails = list(meeting.delegation_types.all()), counts.people, counts.mails
    lines = tuple(Line(each, tuple((status, people[each.pk, status]) for status in Status)) for each in types)
    totals = Line(None, tuple((status, sum(people[each.pk, status] for each in types)) for status in Status))
    return MeetingFigures(
        meeting=meeting,
        lines=lines,
        totals=totals,
        seats_left=None if meeting.seats is None else seats_left(meeting.seats, taken=dict(totals.numbers)[Status.CONFIRMED]),
        mails_queued=mails[meeting.pk, Delivery.QUEUED] + mails[meeting.pk, Delivery.SENDING],
        mails_failed=mails[meeting.pk, Delivery.FAILED],
        mails_uncertain=mails[meeting.pk, Delivery.UNCERTAIN],
        out_of_reach=counts.out_of_reach[meeting.pk],
        focal_points_out_of_reach=counts.focal_points_out_of_reach[meeting.pk],
        erasures_asked=counts.erasures[meeting.pk],
        is_over=_is_over(meeting, now=now),
        changes=counts.changes[meeting.pk],
        unread=counts.unread.get(meeting.pk, 0),
        answers=() if counts.answers is None else tuple(_answers(session, answers=counts.answers) for session in meeting.sessions.all()),
    )


def _answers(session: Session, *, answers: _Counts) -> SessionAnswers:
    return SessionAnswers(session, tuple((answer, answers[session.pk, answer.value]) for answer in Answer))


def _is_over(meeting: Meeting, *, now: datetime) -> bool:
    sessions = that_date_the_meeting(meeting.sessions.all())
    return bool(sessions) and all(session.ends_at < now for session in sessions)
