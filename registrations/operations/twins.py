"""Nobody is registered twice: the database says so, and here it is said in words."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction

from registrations.errors import AlreadyRegistered

_CONSTRAINT = ("participant_once_per_delegation", "registrations_participant.name_key")
"""How PostgreSQL and SQLite name it in their refusals."""


@contextmanager
def refusing_twins(name: str) -> Iterator[None]:
    """One transaction; raises AlreadyRegistered where it would make the same person twice. Any other fault stays a fault."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as fault:
        if not any(words in str(fault) for words in _CONSTRAINT):
            raise
        raise AlreadyRegistered(name=name) from None
