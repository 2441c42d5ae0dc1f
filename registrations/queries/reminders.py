"""Which reminders are to be sent, and to whom."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import CharField, Exists, F, OuterRef, Subquery, Value
from django.db.models.functions import Cast, Concat

from registrations.enums import MessageKind, Status
from registrations.models import HistoryEntry, OutboxMessage, Participant, Reminder, Session
from registrations.rules.reminders import due_at, is_timely


@dataclass(frozen=True)
class DueReminder:
    """A session of which people are now reminded, and how many minutes before it."""

    session: Session
    minutes: int

    @property
    def key(self) -> str:
        """Tells it from others: a session moved to another day is another reminder, one moved within its day is not."""
        day = self.session.starts_at.astimezone(ZoneInfo(self.session.meeting.time_zone)).date()
        return f"{self.session.pk}:{self.minutes}:{day}"


def due_reminders(*, now: datetime) -> Iterator[DueReminder]:
    """Those of sessions to come that take place, in published meetings, that are timely at `now`; one statement."""
    coming = Session.objects.filter(meeting__is_published=True, is_cancelled=False, starts_at__gt=now)
    offered = coming.filter(meeting__reminders__isnull=False).select_related("meeting").annotate(minutes=F("meeting__reminders__minutes"))
    sessions = list(offered)
    for session in sessions:
        offsets = {other.minutes for other in sessions if other.pk == session.pk}
        if is_timely(session.starts_at, minutes=session.minutes, offsets=offsets, now=now):
            yield DueReminder(session, session.minutes)


def people_to_remind(reminder: DueReminder) -> list[Participant]:
    """Those confirmed for the session since before the reminder was due, to whom it is not owed yet; one statement.

    Somebody confirmed later has just been told the date.
    """
    moment = due_at(reminder.session.starts_at, minutes=reminder.minutes)
    history = HistoryEntry.objects.filter(participant=OuterRef("pk"), at__lte=moment).order_by("-at", "-pk")
    people = reminder.session.participants.filter(status=Status.CONFIRMED, erasure_approved_at=None, erased_at=None)
    keyed = people.annotate(
        status_then=Subquery(history.values("status")[:1]),
        key=Concat(Value(f"{MessageKind.REMINDER}:"), Cast("pk", CharField()), Value(f":{reminder.key}")),
    )
    owed = OutboxMessage.objects.filter(unique_key=OuterRef("key"))
    return list(keyed.filter(~Exists(owed), status_then=Status.CONFIRMED).order_by("pk"))


def offsets_of(session: Session) -> set[int]:
    """The minutes before the session at which its meeting reminds people."""
    return set(Reminder.objects.filter(meeting=session.meeting_id).values_list("minutes", flat=True))
