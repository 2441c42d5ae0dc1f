"""Which entities are States, inside the database."""

from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from registrations.enums import EntityKind
from registrations.models import Entity
from registrations.rules.list_sections import NOT_STATES


def states(entities: QuerySet[Entity]) -> QuerySet[Entity]:
    """Those of the entities that are States, as rules.list_sections.is_state has it."""
    no_states = reduce(or_, (Q(groups_text__contains=f'"{group}"') for group in sorted(NOT_STATES)))
    return entities.alias(groups_text=Cast("groups", TextField())).filter(kind=EntityKind.STATE).exclude(no_states)
