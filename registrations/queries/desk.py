"""Where the published meetings stand: the figures on the desk's first page."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Min

from registrations.enums import Answer, Delivery, Status
from registrations.models import DelegationType, Meeting, Participant, Session
from registrations.queries import desk_counts
from registrations.queries.answers import SessionAnswers, answers_by_session, are_asked
from registrations.queries.desk_counts import Counts, DelegationCounts, PeopleCounts
from registrations.queries.expected import count_expected, count_states_expected
from registrations.queries.incoming import unread_by_meeting
from registrations.queries.meetings import PUBLISHED
from registrations.queries.review_queue import longest_waiting
from registrations.rules.capacity import seats_left
from registrations.rules.periods import Period, periods
from registrations.rules.sessions import that_date_the_meeting

LISTED = 5
"""How many of those who wait for a decision are listed."""


@dataclass(frozen=True)
class Line:
    """The registrations of a delegation type or session, or in a language, one number for each status in their order; of all for None."""

    subject: Any
    numbers: tuple[tuple[Status, int], ...]

    @property
    def key(self) -> Any:
        """What the lists are filtered by: the record's key, or the language itself."""
        return getattr(self.subject, "pk", self.subject)

    @property
    def total(self) -> int:
        return sum(number for _status, number in self.numbers)


@dataclass(frozen=True)
class DelegationLine:
    """The delegations of one type; `silent` are those of the expected that have not answered, `seats_left` is None where the type has
    no limit of its own.
    """

    type: DelegationType
    counts: DelegationCounts
    expected: int
    silent: int
    seats_left: int | None


@dataclass(frozen=True)
class MeetingFigures:
    """One meeting's figures. `seats_left` is None where there is no limit; `changes` counts those changed after they were confirmed,
    `to_decide` everybody who waits for a decision, of whom `waiting` are the first; `drafts` are records of the programme with changes
    not published, `unread` messages that came back and are to be read. `answers` are empty where calendars are not asked.
    """

    meeting: Meeting
    lines: tuple[Line, ...]
    totals: Line
    by_language: tuple[Line, ...]
    by_session: tuple[Line, ...]
    sign_ups: tuple[tuple[Period, int], ...]
    delegations: tuple[DelegationLine, ...]
    states_represented: int
    states_expected: int
    seats_left: int | None
    mails_queued: int
    mails_failed: int
    mails_uncertain: int
    out_of_reach: int
    erasures_asked: int
    is_over: bool
    changes: int
    to_decide: int
    waiting: tuple[Participant, ...]
    drafts: int
    unread: int
    answers: tuple[SessionAnswers, ...]

    @property
    def query(self) -> str:
        """The meeting's key as text, for addresses and ids."""
        return str(self.meeting.pk)

    @property
    def to_review(self) -> int:
        return dict(self.totals.numbers)[Status.PENDING]

    @property
    def heads_missing(self) -> int:
        return sum(line.counts.heads_missing for line in self.delegations)

    @property
    def notes_missing(self) -> int:
        return sum(line.counts.notes_missing for line in self.delegations)

    @property
    def focal_points_out_of_reach(self) -> int:
        return sum(line.counts.focal_points_out_of_reach for line in self.delegations)


@dataclass(frozen=True)
class _Tables:
    """What was counted, of all meetings."""

    people: PeopleCounts
    attendance: Counts
    sign_ups: Mapping[int, Counter[date]]
    delegations: Mapping[int, DelegationCounts]
    states: Mapping[int, int]
    expected: Mapping[int, tuple[int, int]]
    states_expected: Mapping[int, int]
    mails: Counts
    drafts: Mapping[int, int]
    waiting: Mapping[int, list[Participant]]
    unread: Mapping[int | None, int]
    answers: Counts | None


def figures_of_published_meetings(*, now: datetime) -> list[MeetingFigures]:
    """The figures of every published meeting, those that are over last; fourteen statements whatever their number, fifteen with answers."""
    published = Meeting.objects.filter(is_published=True).alias(begins=Min("sessions__starts_at", filter=PUBLISHED)).order_by("begins", "pk")
    meetings = list(published.prefetch_related("delegation_types", "sessions"))
    counts = _Tables(
        people=desk_counts.count_people(),
        attendance=desk_counts.count_attendance(),
        sign_ups=desk_counts.count_sign_ups(meetings),
        delegations=desk_counts.count_delegations(),
        states=desk_counts.count_states_represented(),
        expected=count_expected(),
        states_expected=count_states_expected(),
        mails=desk_counts.count_mails(),
        drafts=desk_counts.count_drafts(meetings),
        waiting=longest_waiting(LISTED),
        unread=unread_by_meeting(),
        answers=answers_by_session() if are_asked() else None,
    )
    return sorted((_figures(meeting, counts, now=now) for meeting in meetings), key=lambda each: each.is_over)


def _figures(meeting: Meeting, counts: _Tables, *, now: datetime) -> MeetingFigures:
    people, pk, sessions = counts.people, meeting.pk, list(meeting.sessions.all())
    lines = _lines(meeting.delegation_types.all(), lambda each, status: people.by_type[each.pk, status])
    totals = Line(None, tuple((status, sum(dict(line.numbers)[status] for line in lines)) for status in Status))
    return MeetingFigures(
        meeting=meeting,
        lines=lines,
        totals=totals,
        by_language=_lines((code for code, _name in settings.LANGUAGES), lambda code, status: people.by_language[pk, code, status]),
        by_session=_lines(sessions, lambda session, status: counts.attendance.get((session.pk, status), 0)),
        sign_ups=_sign_ups(meeting, counts.sign_ups[pk], is_over=_is_over(meeting, now=now), now=now),
        delegations=tuple(_delegations(line, counts) for line in lines),
        states_represented=counts.states.get(pk, 0),
        states_expected=counts.states_expected.get(pk, 0),
        seats_left=_left(meeting.seats, totals),
        mails_queued=counts.mails.get((pk, Delivery.QUEUED), 0) + counts.mails.get((pk, Delivery.SENDING), 0),
        mails_failed=counts.mails.get((pk, Delivery.FAILED), 0),
        mails_uncertain=counts.mails.get((pk, Delivery.UNCERTAIN), 0),
        out_of_reach=people.out_of_reach[pk],
        erasures_asked=people.erasures[pk],
        is_over=_is_over(meeting, now=now),
        changes=people.changes[pk],
        to_decide=people.to_decide[pk],
        waiting=tuple(counts.waiting.get(pk, ())),
        drafts=counts.drafts.get(pk, 0),
        unread=counts.unread.get(pk, 0),
        answers=() if counts.answers is None else tuple(_answers(session, answers=counts.answers) for session in sessions),
    )


def _lines(subjects: Any, number_of: Callable[[Any, Status], int]) -> tuple[Line, ...]:
    return tuple(Line(subject, tuple((status, number_of(subject, status)) for status in Status)) for subject in subjects)


def _sign_ups(meeting: Meeting, days: Counter[date], *, is_over: bool, now: datetime) -> tuple[tuple[Period, int], ...]:
    """From the first sign-up until today, or until the last one where the meeting is over."""
    if not days:
        return ()
    today = now.astimezone(ZoneInfo(meeting.time_zone)).date()
    last = max(days) if is_over else max(*days, today)
    return tuple((each, sum(number for day, number in days.items() if each.first <= day <= each.last)) for each in periods(min(days), last))


def _delegations(line: Line, counts: _Tables) -> DelegationLine:
    pk = line.subject.pk
    expected, silent = counts.expected.get(pk, (0, 0))
    return DelegationLine(line.subject, counts.delegations.get(pk, DelegationCounts()), expected, silent, _left(line.subject.seats, line))


def _left(seats: int | None, line: Line) -> int | None:
    return None if seats is None else seats_left(seats, taken=dict(line.numbers)[Status.CONFIRMED])


def _answers(session: Session, *, answers: Counts) -> SessionAnswers:
    return SessionAnswers(session, tuple((answer, answers.get((session.pk, answer.value), 0)) for answer in Answer))


def _is_over(meeting: Meeting, *, now: datetime) -> bool:
    sessions = that_date_the_meeting(meeting.sessions.all())
    return bool(sessions) and all(session.ends_at < now for session in sessions)
