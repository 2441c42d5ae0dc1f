"""The lists of who can be represented: data/entities.csv and data/organizations.csv."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify

from registrations.details import COMMAND
from registrations.enums import EntityKind
from registrations.importing.files import FileError, faults_in, read_table
from registrations.models import Entity, HistoryEntry
from registrations.operations.record_edits import entry_of
from registrations.queries.edits import added, changed, values_of

_FLAGS = ("un_member", "un_observer_state", "oas_member", "oas_permanent_observer", "apmbc_state_party")
_TYPES_THAT_ARE_GROUPS = ("regional_organization", "observer_entity")
_ENTITY_COLUMNS = ("code", "entity_type", "name_en", "name_es", "article_en", "article_es", "formal_en", "formal_es", *_FLAGS)
_ORGANIZATION_COLUMNS = ("name_en", "name_es", "acronym", "acronym_es", "kind")
_WRITTEN = (
    "kind",
    *(f"{name}_{language}" for name in ("name", "formal_name", "article", "acronym") for language in ("en", "es")),
    "groups",
    "search_text",
)


def load_entities(*, states: Path, organizations: Path, now: datetime) -> int:
    """Write both lists over what is there, by code, and return how many entries they have; raises FileError.

    What is no longer in a list stays: delegations may represent it. The history tells what was new or different.
    """
    with faults_in(states):
        entities = _checked([_state(row) for row in read_table(states, columns=_ENTITY_COLUMNS)])
    with faults_in(organizations):
        entities += _checked([_organization(row) for row in read_table(organizations, columns=_ORGANIZATION_COLUMNS)])
    with transaction.atomic():
        known = {entity.code: entity for entity in Entity.objects.all()}
        Entity.objects.bulk_create(entities, update_conflicts=True, unique_fields=["code"], update_fields=_WRITTEN)
        HistoryEntry.objects.bulk_create(_told(entities, known=known, now=now))
    return len(entities)


def _told(entities: Iterable[Entity], *, known: dict[str, Entity], now: datetime) -> Iterator[HistoryEntry]:
    for entity in entities:
        before = known.get(entity.code)
        for edit in changed(entity, before=values_of(before)) if before else [added(entity)]:
            yield entry_of(None, edit, actor=COMMAND, now=now, entity=before or entity)


def _state(row: dict[str, str]) -> Entity:
    return Entity(
        code=row["code"],
        kind=EntityKind.STATE,
        name_en=row["name_en"],
        name_es=row["name_es"],
        formal_name_en=row["formal_en"],
        formal_name_es=row["formal_es"],
        article_en=row["article_en"],
        article_es=row["article_es"],
        groups=_groups(row),
    )


def _groups(row: dict[str, str]) -> list[str]:
    flagged = [flag for flag in _FLAGS if row[flag] == "true"]
    return flagged + [name for name in _TYPES_THAT_ARE_GROUPS if row["entity_type"] == name]


def _organization(row: dict[str, str]) -> Entity:
    return Entity(
        code="org-" + slugify(row["name_en"] or row["name_es"])[:70].strip("-"),
        kind=row["kind"],
        name_en=row["name_en"],
        name_es=row["name_es"],
        acronym_en=row["acronym"],
        acronym_es=row["acronym_es"],
    )


def _checked(entities: list[Entity]) -> list[Entity]:
    for entity in entities:
        if not entity.name_en and not entity.name_es:
            raise FileError(f"“{entity.code}” has no name.")
        try:
            entity.clean_fields()
        except ValidationError as trouble:
            raise FileError(f"“{entity.code}”: {trouble.messages[0]}") from trouble
    twice = [code for code, count in Counter(entity.code for entity in entities).items() if count > 1]
    if twice:
        raise FileError(f"“{twice[0]}” is there twice.")
    return entities
