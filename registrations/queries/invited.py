"""Who may be chosen on the sign-up form."""

from registrations.enums import EntityKind
from registrations.models import DelegationType, Entity
from registrations.rules.eligibility import is_eligible
from registrations.rules.names import sort_key


def eligible_entities(delegation_type: DelegationType, *, language: str) -> list[tuple[str, str]]:
    """Code and name of every entity that may be represented, in the order of the reader's alphabet."""
    entities = Entity.objects.filter(kind=EntityKind.STATE).values_list("code", "name_en", "name_es", "groups")
    named = [
        (code, _in(language, name_en, name_es))
        for code, name_en, name_es, groups in entities
        if is_eligible(groups=groups, eligible_groups=delegation_type.eligible_groups)
    ]
    return sorted(named, key=lambda entry: sort_key(entry[1], language))


def organization_names(*, language: str) -> list[str]:
    """The names of the organizations on the list, for suggestions, in the order of the reader's alphabet."""
    names = Entity.objects.exclude(kind=EntityKind.STATE).values_list("name_en", "name_es")
    return sorted((_in(language, *pair) for pair in names), key=lambda name: sort_key(name, language))


def _in(language: str, name_en: str, name_es: str) -> str:
    return (name_es or name_en) if language == "es" else (name_en or name_es)
