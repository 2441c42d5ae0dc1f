"""Who can be represented at a meeting and as what, by the words with which a row of a list may say so."""

from dataclasses import dataclass

from registrations.enums import EntityKind, Represents
from registrations.models import DelegationType, Entity, Meeting
from registrations.rules.eligibility import is_eligible
from registrations.rules.names import fold


@dataclass(frozen=True)
class Directory:
    """The meeting's types of delegations, and the entities by their names, folded, and by their codes in lower case."""

    types: list[DelegationType]
    entities: dict[str, Entity]
    codes: dict[str, Entity]

    def entity_called(self, text: str) -> Entity | None:
        """The entity with this name or acronym in either language, short or formal, or else with this code."""
        return self.entities.get(fold(text)) or self.codes.get(text.casefold())

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
    return Directory(list(meeting.delegation_types.all()), names, {entity.code.casefold(): entity for entity in entities})


def _names_of(entity: Entity) -> set[str]:
    names = (entity.name_en, entity.name_es, entity.formal_name_en, entity.formal_name_es, entity.acronym_en, entity.acronym_es)
    return {name for name in names if name}


def _names_of_type(each: DelegationType) -> set[str]:
    return {fold(text.replace("_", " ")) for text in (each.code, each.name_en, each.name_es, each.plural_en, each.plural_es)} | {fold(each.code)}
