"""Seats: how many are left, and who gets one that becomes free."""

from datetime import datetime

from registrations.details import SYSTEM
from registrations.enums import Action, Status
from registrations.models import Meeting, Participant
from registrations.operations.calendar_entries import owe_invitations
from registrations.operations.status import move
from registrations.rules.admission import seats_left


def free_seats(meeting: Meeting) -> int | None:
    """Seats left at the locked meeting; None where it sets no limit, and then without a query."""
    if meeting.seats is None:
        return None
    return seats_left(meeting.seats, taken=meeting.participants.filter(status=Status.CONFIRMED).count())


def fill_free_seats(meeting: Meeting, *, now: datetime) -> list[Participant]:
    """Confirm those who wait, in order of arrival, while the locked meeting has seats; the newly confirmed."""
    waiting = meeting.participants.filter(status=Status.WAITING).order_by("created_at", "pk")
    admitted = list(waiting[: free_seats(meeting)])
    for participant in admitted:
        entry = move(participant, Action.CONFIRM, actor=SYSTEM, now=now)
        owe_invitations(participant, sessions=participant.sessions.all(), key=entry.pk, now=now)
    return admitted
