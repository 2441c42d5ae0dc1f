"""Letters of the secretariat: to whom they go, in which language, and what became of the mails."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.db.models import Case, Count, Q, QuerySet, Value, When

from registrations.enums import Arrival, Delivery, Outcome
from registrations.models import Letter, OutboxMessage, Participant
from registrations.queries.owed import OWED
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


# --- after it was sent --------------------------------------------------------------------------------------------------
_CAME_BACK = Q(status=Delivery.SENT, arrival__in=[Arrival.BOUNCED, Arrival.REJECTED])
_OUTCOMES = {
    Outcome.FAILED: Q(status=Delivery.FAILED),
    Outcome.BOUNCED: _CAME_BACK,
    Outcome.UNCERTAIN: Q(status=Delivery.UNCERTAIN, repeats__gt=0),
    Outcome.OWED: OWED,
    Outcome.SENT: Q(status=Delivery.SENT),
    Outcome.CANCELLED: Q(status=Delivery.SUPERSEDED),
}
"""The first that fits is what became of a mail; also their order on the page."""
NOT_REACHED = (Outcome.FAILED, Outcome.BOUNCED)
"""Those that can be sent again."""


def _outcome() -> Case:
    return Case(*(When(condition, then=Value(name.value)) for name, condition in _OUTCOMES.items()), default=Value(""))


def mails_of_letters() -> QuerySet[OutboxMessage]:
    """The mails to recipients, with their `outcome_of_letter`; trials are none of them."""
    return OutboxMessage.objects.filter(letter__isnull=False, participant__isnull=False).annotate(outcome_of_letter=_outcome())


def mails_of(letter: Letter) -> QuerySet[OutboxMessage]:
    """The letter's, those first that somebody has to look at."""
    place = Case(*(When(condition, then=Value(place)) for place, condition in enumerate(_OUTCOMES.values())), default=Value(len(_OUTCOMES)))
    mails = mails_of_letters().filter(letter=letter).select_related("participant__delegation__entity")
    return mails.order_by(place, "due_at", "pk")


def not_reached(letter: Letter) -> QuerySet[OutboxMessage]:
    """The letter's mails that failed or came back, to those to whom anything may still be written."""
    return mails_of(letter).filter(Q(status=Delivery.FAILED) | _CAME_BACK, participant__erasure_approved_at=None, participant__erased_at=None)


def outcomes(letters: Iterable[int]) -> Mapping[int, Mapping[Outcome, int]]:
    """How many mails of each letter have come to what; one statement."""
    counted: dict[int, dict[Outcome, int]] = defaultdict(dict)
    grouped = mails_of_letters().filter(letter__in=letters).order_by().values_list("letter", _outcome()).annotate(Count("pk"))
    for letter, outcome, number in grouped:
        counted[letter][Outcome(outcome)] = number
    return counted
