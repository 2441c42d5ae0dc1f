"""Who may be chosen on the sign-up form."""

from registrations.enums import EntityKind, Represents
from registrations.models import DelegationType, Entity
from registrations.rules.eligibility import is_eligible
from registrations.rules.names import fold, sort_key


def eligible_entities(delegation_type: DelegationType, *, language: str) -> list[tuple[str, str]]:
    """Code and name of every entity that may be represented, in the order of the reader's alphabet."""
    entities = Entity.objects.filter(kind=EntityKind.STATE).values_list("code", "name_en", "name_es", "groups")
    named = [
        (code, _in(language, name_en, name_es))
        for code, name_en, name_es, groups in entities
        if is_eligible(groups=groups, eligible_groups=delegation_type.eligible_groups)
    ]
    return sorted(named, key=lambda entry: sort_key(entry[1], language))


def entities_invited(delegation_type: DelegationType) -> list[Entity]:
    """Everybody on the list who may be represented as this type: the States of its groups, or every organization."""
    if delegation_type.represents == Represents.ORGANIZATION:
        return list(Entity.objects.exclude(kind=EntityKind.STATE))
    states = Entity.objects.filter(kind=EntityKind.STATE)
    return [state for state in states if is_eligible(groups=state.groups, eligible_groups=delegation_type.eligible_groups)]


def organization_named(name: str) -> Entity | None:
    """The organization on the list that has this name or acronym in either language, however it is spelt."""
    key = fold(name)
    organizations = Entity.objects.exclude(kind=EntityKind.STATE)
    return next((each for each in organizations if key in {fold(text) for text in _names(each)}), None)


def organization_names(*, language: str) -> list[str]:
    """The names of the organizations on the list, for suggestions, in the order of the reader's alphabet."""
    names = Entity.objects.exclude(kind=EntityKind.STATE).values_list("name_en", "name_es")
    return sorted((_in(language, *pair) for pair in names), key=lambda name: sort_key(name, language))


def _names(entity: Entity) -> list[str]:
    return [text for text in (entity.name_en, entity.name_es, entity.acronym_en, entity.acronym_es) if text]


def _in(language: str, name_en: str, name_es: str) -> str:
    return (name_es or name_en) if language == "es" else (name_en or name_es)
