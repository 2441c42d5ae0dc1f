"""Letters of the secretariat: to whom they go and in which language."""

from collections.abc import Iterable

from django.db.models import Count, Q, QuerySet

from registrations.models import Letter, Participant
from registrations.queries.plain_letters import by_delegation

REACHABLE = Q(erasure_approved_at=None, erased_at=None)
"""Those to whom anything may still be written."""


def reachable(letter: Letter) -> QuerySet[Participant]:
    """Those of the recipients to whom it can be sent, with their delegations."""
    return letter.recipients.filter(REACHABLE).select_related("delegation__entity", "delegation__type")


def in_order(people: QuerySet[Participant], *, language: str) -> QuerySet[Participant]:
    """By delegation, in the alphabetical order of the language."""
    return people.order_by(by_delegation(language, path="delegation__"), "delegation", "order", "pk")


def numbers_by_language(letter: Letter, *, languages: Iterable[str]) -> list[tuple[str, int]]:
    """How many of the recipients get it in each of the languages; one statement."""
    counted = dict(letter.recipients.filter(REACHABLE).order_by().values_list("language").annotate(Count("pk")))
    return [(code, counted.get(code, 0)) for code in languages]
