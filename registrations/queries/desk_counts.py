"""What the desk's first page counts, of all published meetings at once: one statement each, whatever their number."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import Case, Count, DateField, Exists, OuterRef, Q, QuerySet, When
from django.db.models.functions import TruncDate

from registrations.enums import Delivery, Status
from registrations.models import Delegation, Entity, Meeting, OutboxMessage, Participant, ProgrammeItem, Session, Speaker
from registrations.queries.delegation_state import IS_HEAD_MISSING, IS_REPRESENTED
from registrations.queries.drafts import UNPUBLISHED
from registrations.queries.erasure import IN_ERASURE
from registrations.queries.mail_state import OUT_OF_REACH
from registrations.queries.notes import with_note_state
from registrations.queries.review_queue import TO_DECIDE
from registrations.queries.states import states
from registrations.rules.erasure import Erasure

Counts = Mapping[tuple[int, str], int]
_COUNTED_MAILS = [Delivery.QUEUED, Delivery.SENDING, Delivery.FAILED, Delivery.UNCERTAIN]
_Attendance = Participant.sessions.through


@dataclass
class PeopleCounts:
    """Participants by (delegation type, status), by (meeting, language) and status, and those of each meeting who are due for something."""

    by_type: Counter[tuple[int, str]] = field(default_factory=Counter)
    by_language: Counter[tuple[int, str, str]] = field(default_factory=Counter)
    changes: Counter[int] = field(default_factory=Counter)
    to_decide: Counter[int] = field(default_factory=Counter)
    erasures: Counter[int] = field(default_factory=Counter)
    out_of_reach: Counter[int] = field(default_factory=Counter)


class DelegationCounts(NamedTuple):
    """Of the delegations of one type: all, those with somebody confirmed, without a head, without the note they owe, with a dead focal point."""

    number: int = 0
    represented: int = 0
    heads_missing: int = 0
    notes_missing: int = 0
    focal_points_out_of_reach: int = 0


def count_people() -> PeopleCounts:
    """Everybody who ever signed up for a published meeting, erased or not."""
    columns = ("meeting", "delegation__type", "status", "language")
    due = {
        "changes": Q(status=Status.CONFIRMED) & ~Q(to_review={}),
        "to_decide": TO_DECIDE,
        "erasures": IN_ERASURE[Erasure.ASKED],
        "out_of_reach": OUT_OF_REACH,
    }
    numbers = {name: Count("pk", filter=condition) for name, condition in due.items()}
    rows = Participant.objects.filter(meeting__is_published=True).values(*columns).annotate(number=Count("pk"), **numbers).order_by()
    counts = PeopleCounts()
    for row in rows:
        counts.by_type[row["delegation__type"], row["status"]] += row["number"]
        counts.by_language[row["meeting"], row["language"], row["status"]] += row["number"]
        for name in due:
            getattr(counts, name)[row["meeting"]] += row[name]
    return counts


def count_attendance() -> Counts:
    """Who signed up for each session, by (session, status)."""
    rows = _Attendance.objects.filter(participant__meeting__is_published=True, session__is_draft=False).values_list("session", "participant__status")
    return Counter({(session, status): number for session, status, number in rows.annotate(number=Count("pk")).order_by()})


def count_sign_ups(meetings: Iterable[Meeting]) -> Mapping[int, Counter[date]]:
    """How many signed up on each day of the meeting's own calendar, by meeting."""
    meetings = list(meetings)
    days = [When(meeting=each.pk, then=TruncDate("created_at", tzinfo=ZoneInfo(each.time_zone))) for each in meetings]
    people = Participant.objects.filter(meeting__in=meetings)
    rows = people.annotate(day=Case(*days, output_field=DateField())).values_list("meeting", "day").annotate(number=Count("pk")).order_by()
    found: dict[int, Counter[date]] = {each.pk: Counter() for each in meetings}
    for meeting, day, number in rows if meetings else ():
        found[meeting][day] = number
    return found


def count_delegations() -> Mapping[int, DelegationCounts]:
    """By delegation type."""
    delegations = with_note_state(Delegation.objects.filter(type__meeting__is_published=True))
    conditions = {
        "represented": IS_REPRESENTED,
        "heads_missing": IS_HEAD_MISSING,
        "notes_missing": Q(is_note_missing=True),
        "focal_points_out_of_reach": Q(focal_point_bounced_at__isnull=False),
    }
    numbers = {name: Count("pk", filter=condition) for name, condition in conditions.items()}
    rows = delegations.values("type").annotate(number=Count("pk"), **numbers).order_by()
    return {row.pop("type"): DelegationCounts(**row) for row in rows.values("type", *DelegationCounts._fields)}


def states_represented(entities: QuerySet[Entity], *, meeting: int) -> QuerySet[Entity]:
    """The States with somebody confirmed at the meeting, in whichever of its delegations."""
    delegations = Delegation.objects.filter(IS_REPRESENTED, entity=OuterRef("pk"), type__meeting=meeting)
    return states(entities).filter(Exists(delegations))


def count_states_represented() -> Mapping[int, int]:
    """The same, counted by meeting; a State with several delegations once."""
    delegations = Delegation.objects.filter(IS_REPRESENTED, type__meeting__is_published=True, entity__in=states(Entity.objects.all()))
    return Counter(dict(delegations.values_list("type__meeting").annotate(number=Count("entity", distinct=True)).order_by()))


def count_mails() -> Counts:
    """Mails that have not left, by (meeting, how far they have come)."""
    owed = OutboxMessage.objects.filter(meeting__is_published=True, status__in=_COUNTED_MAILS)
    rows = owed.values_list("meeting", "status").annotate(number=Count("pk")).order_by()
    return Counter({(meeting, status): number for meeting, status, number in rows})


def count_drafts(meetings: Iterable[Meeting]) -> Mapping[int, int]:
    """How many records of each meeting's programme have changes that are not published."""
    of = {Session: "meeting", ProgrammeItem: "session__meeting", Speaker: "item__session__meeting"}
    first, *others = (
        model.with_drafts.filter(UNPUBLISHED, **{f"{path}__is_published": True}).order_by().values_list(path) for model, path in of.items()
    )
    counts = Counter(meeting for (meeting,) in first.union(*others, all=True))
    counts.update(each.pk for each in meetings if each.draft)
    return counts
