"""Published meetings, and where each stands at a given moment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, Min, Q, QuerySet

from registrations.models import Meeting, Session
from registrations.rules.registration_window import Window, registration_window

PUBLISHED = Q(sessions__is_draft=False)
"""Of a meeting's sessions, joined to it, those that are published."""


@dataclass(frozen=True)
class MeetingNow:
    """A meeting, whether it takes registrations, and whether its last session has ended or would have."""

    meeting: Meeting
    window: Window
    is_over: bool


def meeting_at(slug: str, *, now: datetime) -> MeetingNow | None:
    """The published meeting at this address, in one statement."""
    meeting = _published().filter(slug=slug).first()
    return _at(meeting, now=now) if meeting else None


def window_of(meeting: Meeting, sessions: Sequence[Session], *, now: datetime) -> Window:
    """Whether the meeting with these sessions takes registrations."""
    starts = [session.starts_at for session in sessions if not session.is_cancelled]
    ends = [session.ends_at for session in sessions if not session.is_cancelled]
    return registration_window(
        meeting.registration_opens_at,
        meeting.registration_closes_at,
        min(starts, default=None),
        max(ends, default=None),
        now,
        cancelled_starts_at=min((session.starts_at for session in sessions), default=None),
    )


def meetings(*, now: datetime) -> list[MeetingNow]:
    """All published meetings with their sessions: those to come first, the next one on top, then those that are over, the latest on top."""
    everything = [_at(meeting, now=now) for meeting in _published().prefetch_related("sessions").order_by("first_starts_at")]
    to_come = [entry for entry in everything if not entry.is_over]
    over = [entry for entry in everything if entry.is_over]
    return to_come + over[::-1]


def zone_of_meeting(pk: int | str) -> str:
    """The meeting's time zone; UTC where there is no such meeting."""
    return Meeting.objects.filter(pk=pk).values_list("time_zone", flat=True).first() or "UTC"


def meetings_to_come(*, now: datetime) -> QuerySet[Meeting]:
    """The published meetings that are not over, the next one first."""
    takes_place = Q(sessions__is_draft=False, sessions__is_cancelled=False)
    first, last = Min("sessions__starts_at", filter=takes_place), Max("sessions__ends_at", filter=takes_place)
    return Meeting.objects.filter(is_published=True).alias(begins=first, ends=last).filter(ends__gt=now).order_by("begins", "pk")


def is_known(slug: str) -> bool:
    """Whether there is a meeting at this address, published or not."""
    return Meeting.objects.filter(slug=slug).exists()


def _published() -> "QuerySet[Meeting]":
    takes_place = PUBLISHED & Q(sessions__is_cancelled=False)
    first, last = Min("sessions__starts_at", filter=takes_place), Max("sessions__ends_at", filter=takes_place)
    planned = {"planned_starts_at": Min("sessions__starts_at", filter=PUBLISHED), "planned_ends_at": Max("sessions__ends_at", filter=PUBLISHED)}
    return Meeting.objects.filter(is_published=True).annotate(first_starts_at=first, last_ends_at=last, **planned)


def _at(meeting: Meeting, *, now: datetime) -> MeetingNow:
    annotations = vars(meeting)
    last_ends_at = annotations["last_ends_at"]
    window = registration_window(
        meeting.registration_opens_at,
        meeting.registration_closes_at,
        annotations["first_starts_at"],
        last_ends_at,
        now,
        cancelled_starts_at=annotations["planned_starts_at"],
    )
    ends_at = last_ends_at or annotations["planned_ends_at"]
    return MeetingNow(meeting, window, is_over=ends_at is not None and now >= ends_at)
