"""The mail worker: claim rows of the outbox, render them, send them, write down what became of them.

Any number of workers may run. A claim is a lease: the row is SENDING until `claimed_until`, and that moment is also the
proof of ownership. Whoever is killed loses the lease, and another worker sends the row. If it was killed after it had begun to
hand the mail over, nobody knows whether the mail left: the row is UNCERTAIN, and repeated once unless news of the mail comes first.
"""

import logging
import random
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import InterfaceError, OperationalError, connection, connections, transaction
from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, QuerySet, When
from django.utils import timezone

from registrations import mail
from registrations.enums import Arrival, Delivery, MessageKind
from registrations.mail.refusals import Refusal, refusal_of
from registrations.models import OutboxMessage
from registrations.operations.record_arrival import record_arrival
from registrations.queries.owed import OWED
from registrations.rules.retrying import IN_DOUBT_FOR, Fault, delay, is_hopeless, outcome_text

BATCH = 20
LEASE = timedelta(minutes=5)
DATABASE_GONE = (OperationalError, InterfaceError)
_TIME_TO_RECORD = timedelta(minutes=4)

logger = logging.getLogger(__name__)


class Batch:
    """What became of the rows of one claim: counts, and the pk's of those that gave trouble."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.troubled: list[str] = []

    @property
    def is_empty(self) -> bool:
        return not self.counts

    @property
    def is_blocked(self) -> bool:
        """Whether the way out is blocked, for this batch and whatever comes after it."""
        return bool({"blocked", "uncertain"} & self.counts.keys())

    def __str__(self) -> str:
        return " ".join([*(f"{name}={count}" for name, count in sorted(self.counts.items())), *self.troubled])


def deliver_batch(*, is_stopping: Callable[[], bool]) -> Batch:
    """Claim what is due, up to a batch, and deliver it over one connection; what is not reached is released again."""
    batch = Batch()
    claimed = claim(limit=BATCH, now=timezone.now())
    backend = get_connection()
    for message in claimed:
        result = "released" if batch.is_blocked or is_stopping() else None
        if result:
            _release(message)
        else:
            result = _deliver(message, backend)
        batch.counts[result] += 1
        if result in {"blocked", "uncertain", "later", "failed", "lost"}:
            batch.troubled.append(str(message.pk))
    with suppress(OSError):
        backend.close()
    if claimed:
        logger.info("outbox: %s", batch)
    return batch


@transaction.atomic
def claim(*, limit: int, now: datetime) -> list[OutboxMessage]:
    """Due rows that nobody else holds, oldest first, ours until a lease from `now` on has passed.

    Of the mails for one mailbox and session, and of those with a file of its sessions, only the oldest that is still owed can be
    claimed, so that a calendar gets them in their order.
    """
    _doubt_the_abandoned(now)
    due = _claimable(now).order_by("due_at", "created_at", "pk")
    if connection.features.has_select_for_update_skip_locked:
        due = due.select_for_update(skip_locked=True)
    keys = list(due.values_list("pk", flat=True)[:limit])
    repeats = Case(When(status=Delivery.UNCERTAIN, then=1), default="repeats", output_field=IntegerField())
    claimed = {"status": Delivery.SENDING, "claimed_until": now + LEASE, "handed_over_at": None, "repeats": repeats}
    ours = [key for key in keys if _claimable(now).filter(pk=key).update(**claimed)]
    rows = OutboxMessage.objects.select_related("meeting", "participant", "session__meeting", "submission__delegation__entity", "revision", "letter")
    held = rows.in_bulk(ours)
    return [held[key] for key in ours]


def _doubt_the_abandoned(now: datetime) -> None:
    """Whoever held these died after the mail server had, perhaps, taken the mail."""
    abandoned = OutboxMessage.objects.filter(status=Delivery.SENDING, claimed_until__lt=now, handed_over_at__isnull=False)
    abandoned.update(status=Delivery.UNCERTAIN, claimed_until=None, due_at=F("handed_over_at") + IN_DOUBT_FOR)


def _claimable(now: datetime) -> QuerySet[OutboxMessage]:
    is_abandoned = Q(status=Delivery.SENDING, claimed_until__lt=now, handed_over_at=None)
    due = Q(status=Delivery.QUEUED, due_at__lte=now) | is_abandoned | Q(status=Delivery.UNCERTAIN, repeats=0, due_at__lte=now)
    before = Q(created_at__lt=OuterRef("created_at")) | Q(created_at=OuterRef("created_at"), pk__lt=OuterRef("pk"))
    older = OutboxMessage.objects.filter(before, OWED, mailbox=OuterRef("mailbox"))
    entries, files = older.filter(session=OuterRef("session")), older.filter(meeting=OuterRef("meeting"), kind=MessageKind.CALENDAR_FILE)
    return OutboxMessage.objects.filter(due).exclude(Exists(entries)).exclude(Exists(files), kind=MessageKind.CALENDAR_FILE)


def _deliver(message: OutboxMessage, backend: BaseEmailBackend) -> str:
    """Send one row and write down the outcome; the word for it in the log."""
    if not _extend_lease(message):
        return "lost"
    try:
        rendered = mail.render(message, now=timezone.now())
        if rendered is None:
            return _finish(message, "superseded", **_without_a_letter(message))
        backend.open()
        if not _begin_to_hand_over(message):
            return "lost"
        backend.send_messages([rendered])
    except DATABASE_GONE:
        raise
    except Exception as error:  # whatever is wrong with one mail must not stop the others
        return _refused(message, error)
    provider_id = str(getattr(getattr(rendered, "anymail_status", None), "message_id", None) or "")
    sent = {"status": Delivery.SENT, "sent_at": timezone.now(), "provider_id": provider_id[:200]}
    return _finish(message, "sent", **sent, attempts=F("attempts") + 1)


def _refused(message: OutboxMessage, error: Exception) -> str:
    refusal = refusal_of(error)
    now, attempts = timezone.now(), message.attempts + 1
    outcome = outcome_text(refusal.words, name=message.recipient_name, email=message.recipient_email)
    if refusal.fault == Fault.OURS:
        # At the end of the queue: a mail on which the server hangs up every time does not keep the others from leaving.
        return _finish(message, "blocked", status=Delivery.QUEUED, due_at=now, outcome=outcome)
    if refusal.fault == Fault.UNKNOWN:
        doubt = {"status": Delivery.UNCERTAIN, "handed_over_at": now, "due_at": now + IN_DOUBT_FOR}
        return _finish(message, "uncertain", **doubt, attempts=attempts, outcome=outcome)
    if refusal.fault == Fault.FOR_GOOD or is_hopeless(attempts):
        return _fail(message, refusal, attempts=attempts, outcome=outcome)
    due_at = now + delay(attempts, jitter=random.random())  # noqa: S311  spreads the load, guards nothing
    return _finish(message, "later", status=Delivery.QUEUED, due_at=due_at, attempts=attempts, outcome=outcome)


def _fail(message: OutboxMessage, refusal: Refusal, **columns: Any) -> str:
    """Give the message up; a server that does not know the address has said what a mail that comes back would say."""
    result, now = _finish(message, "failed", status=Delivery.FAILED, **columns), timezone.now()
    if refusal.is_about_address:
        key = sha256(f"refused:{message.pk}:{message.claimed_until}".encode()).hexdigest()
        record_arrival(message, arrival=Arrival.BOUNCED, key=key, at=now, now=now)
    return result


def _without_a_letter(message: OutboxMessage) -> dict[str, Any]:
    """What becomes of a message that would say nothing true: one that may have left already stays in doubt, for the calendar's sake."""
    if message.repeats:
        return {"status": Delivery.UNCERTAIN}
    return {"status": Delivery.SUPERSEDED}


def _begin_to_hand_over(message: OutboxMessage) -> bool:
    """Commit, before the server hears of the mail, that from here on it may have it; not if the row is no longer ours."""
    now = timezone.now()
    return bool(_ours(message).filter(claimed_until__gt=now).update(handed_over_at=now))


def _extend_lease(message: OutboxMessage) -> bool:
    """Whether the row is still ours; if so, for a whole lease from now on."""
    claimed_until = timezone.now() + LEASE
    is_ours = bool(_ours(message).update(claimed_until=claimed_until))
    message.claimed_until = claimed_until
    return is_ours


def _release(message: OutboxMessage) -> None:
    _ours(message).update(status=Delivery.QUEUED, claimed_until=None)


def _finish(message: OutboxMessage, result: str, **columns: Any) -> str:
    """Write down the outcome, even if the database is away for a while: a mail that left must not leave again."""
    deadline = time.monotonic() + _TIME_TO_RECORD.total_seconds()
    while True:
        try:
            _ours(message).update(**{"outcome": "", "claimed_until": None, "handed_over_at": None} | columns)
        except DATABASE_GONE:
            if time.monotonic() > deadline or connection.in_atomic_block:
                raise
            connections.close_all()
            time.sleep(1)
        else:
            return result


def _ours(message: OutboxMessage) -> QuerySet[OutboxMessage]:
    return OutboxMessage.objects.filter(pk=message.pk, status=Delivery.SENDING, claimed_until=message.claimed_until)
