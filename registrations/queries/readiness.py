"""Whether the site can serve: what a load balancer and an operator want to know."""

from datetime import datetime, timedelta
from functools import cache

from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Q

from registrations.models import OutboxMessage
from registrations.queries.owed import OWED

MAIL_IS_LATE_AFTER = timedelta(minutes=15)


def obstacles(*, now: datetime) -> list[str]:
    """What is in the way, in plain words; empty when all is well."""
    try:
        if _migrations() - set(MigrationRecorder(connection).applied_migrations()):
            return ["migrations: not all are applied"]
        return ["outbox: mail has been waiting for more than 15 minutes"] if _mail_is_stuck(now=now) else []
    except Error:
        return ["database: does not answer"]


def _mail_is_stuck(*, now: datetime) -> bool:
    """Whether mail is overdue, or has been owed for as long without a single attempt because the server is out of reach."""
    owed = OutboxMessage.objects.filter(OWED, due_at__lte=now)
    late = now - MAIL_IS_LATE_AFTER
    return owed.filter(Q(due_at__lt=late) | Q(created_at__lt=late, attempts=0)).exists()


@cache
def _migrations() -> frozenset[tuple[str, str]]:
    """Every migration that the installed code brings; it cannot change while the process runs."""
    return frozenset(MigrationLoader(None).disk_migrations)
