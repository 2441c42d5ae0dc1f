"""Who can be represented at a meeting and as what, by the words with which a row of a list may say so."""

import re
from collections import defaultdict
from dataclasses import dataclass, field

from registrations.enums import EntityKind, Represents
from registrations.models import DelegationType, Entity, Meeting
from registrations.rules.eligibility import is_eligible
from registrations.rules.names import fold
from registrations.rules.near_misses import near_misses

_AROUND = re.compile(r"^(?:the|el|la|los|las) | \(.*\)$")
_MOST_GUESSES = 200
_MOST_MEANT = 2


@dataclass(frozen=True)
class Directory:
    """The meeting's types of delegations, and the entities by their names, folded, and by their codes in lower case."""

    types: list[DelegationType]
    entities: dict[str, Entity]
    codes: dict[str, Entity]
    guesses: dict[tuple[str, bool], list[Entity]] = field(default_factory=dict)

    def entity_called(self, text: str) -> Entity | None:
        """The entity with this name or acronym in either language, short or formal, or else with this code.

        An article before the name matters as little as what stands in parentheses after it: "Bolivia" is enough.
        """
        key = fold(text)
        return self.entities.get(key) or self.entities.get(_bare(key)) or self.codes.get(text.casefold())

    def meant_by(self, text: str, *, states: bool) -> list[Entity]:
        """The States, or the organizations, whose name is nearly this; after 200 different texts nobody guesses any more."""
        key = fold(text), states
        if key not in self.guesses and len(self.guesses) < _MOST_GUESSES:
            names = [name for name, entity in self.entities.items() if (entity.kind == EntityKind.STATE) == states]
            near = dict.fromkeys(self.entities[name] for name in near_misses(text, among=names))
            self.guesses[key] = list(near)[:_MOST_MEANT]
        return self.guesses.get(key, [])

    def type_called(self, text: str) -> DelegationType | None:
        """The type with this code or name, in either language, singular or plural."""
        plain = fold(text)
        return next((each for each in self.types if plain in _names_of_type(each)), None)

    def types_for(self, entity: Entity | None) -> list[DelegationType]:
        """The types as which the entity may come, or an organization that is on no list."""
        if entity is None or entity.kind != EntityKind.STATE:
            return [each for each in self.types if each.represents == Represents.ORGANIZATION]
        states = [each for each in self.types if each.represents == Represents.STATE]
        return [each for each in states if is_eligible(groups=entity.groups, eligible_groups=each.eligible_groups)]


def directory_of(meeting: Meeting) -> Directory:
    """Two statements."""
    entities = list(Entity.objects.all())
    names = {fold(name): entity for entity in entities for name in _names_of(entity)}
    return Directory(list(meeting.delegation_types.all()), _bare_names(names) | names, {entity.code.casefold(): entity for entity in entities})


def _bare_names(names: dict[str, Entity]) -> dict[str, Entity]:
    """The entities by their bare names, where these are the names of one alone."""
    found: dict[str, set[Entity]] = defaultdict(set)
    for name, entity in names.items():
        found[_bare(name)].add(entity)
    return {name: entities.pop() for name, entities in found.items() if len(entities) == 1}


def _bare(name: str) -> str:
    """The folded name without the article before it and what stands in parentheses after it."""
    return _AROUND.sub("", name)


def _names_of(entity: Entity) -> set[str]:
    names = (entity.name_en, entity.name_es, entity.formal_name_en, entity.formal_name_es, entity.acronym_en, entity.acronym_es)
    return {name for name in names if name}


def _names_of_type(each: DelegationType) -> set[str]:
    return {fold(text.replace("_", " ")) for text in (each.code, each.name_en, each.name_es, each.plural_en, each.plural_es)} | {fold(each.code)}
