"""Who waits for a seat, and who gets one that becomes free."""

from datetime import datetime
from typing import Any

from django.db import transaction

from registrations.details import SYSTEM, Actor
from registrations.enums import Action, MessageKind, Status
from registrations.models import Meeting, Participant
from registrations.operations.calendar_entries import owe_invitations
from registrations.operations.locking import lock_meeting
from registrations.operations.status import move
from registrations.outbox import enqueue, message_to
from registrations.queries.seating import IN_TURN, seating_of, wait_of


@transaction.atomic
def admit_waiting(meeting: Meeting, *, now: datetime) -> list[Participant]:
    """After the limits were changed: confirm those who now have a seat; the newly confirmed."""
    return fill_free_seats(lock_meeting(meeting.pk), now=now)


def fill_free_seats(meeting: Meeting, *, now: datetime) -> list[Participant]:
    """Confirm those who wait, while the locked meeting has seats for them; the newly confirmed.

    Whoever was put first by an organizer comes first, then in order of arrival; somebody whose delegation or type is full is
    passed over, not waited for.
    """
    admitted = []
    seating = seating_of(meeting, types=meeting.delegation_types.all())
    waiting = meeting.participants.filter(status=Status.WAITING).select_related("delegation")
    for participant in waiting.order_by(*IN_TURN):
        place = participant.delegation.type_id, participant.delegation_id
        if seating.full(place):
            continue
        seating.take(place)
        seat(participant, actor=SYSTEM, now=now)
        admitted.append(participant)
    return admitted


def seat(participant: Participant, *, actor: Actor, now: datetime) -> None:
    """Confirm somebody for whom there is a seat, and owe the invitations. Raises TransitionNotAllowed."""
    entry = move(participant, Action.CONFIRM, actor=actor, now=now)
    owe_invitations(participant, sessions=participant.sessions.all(), key=entry.pk, now=now)


def put_on_waiting_list(participant: Participant, *, actor: Actor, now: datetime) -> None:
    """Let somebody for whom there is no seat wait, and tell them why. An earlier promotion does not count any more.

    Raises TransitionNotAllowed.
    """
    entry = move(participant, Action.WAIT, actor=actor, now=now)
    participant.promoted_at = None
    participant.save(update_fields=["promoted_at"])
    owe_waiting_notice(participant, key=entry.pk, now=now)


def owe_waiting_notice(participant: Participant, *, key: object, now: datetime) -> None:
    """Tell somebody who is on the waiting list why they wait, and their place; `key` tells this occasion from others."""
    wait = wait_of(participant)
    facts: dict[str, Any] = {"full": wait.limit.value, "place": wait.place} if wait else {}
    enqueue([message_to(participant, MessageKind.WAITING, key=f"{participant.pk}:{key}", now=now, **facts)])
