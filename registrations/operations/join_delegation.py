"""The delegation that a sign-up belongs to: the one that is there, or a new one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, FilteredRelation, Max, Q

from registrations.details import SignUp
from registrations.enums import EntityKind, Represents
from registrations.errors import EntityNotEligible, UnknownEntity
from registrations.models import Delegation, DelegationType, Entity
from registrations.rules.eligibility import is_eligible
from registrations.rules.names import fold


@dataclass(frozen=True)
class _Represented:
    """An entity, with its delegation of the type at hand and the last place taken in it, if it is there."""

    entity: Entity
    delegation_id: int | None
    last_place: int | None


def join_delegation(delegation_type: DelegationType, *, details: SignUp, now: datetime) -> tuple[Delegation, int]:
    """The delegation and the last place taken in its order. Call it with the meeting locked.

    Whoever comes second joins without becoming the focal point. Raises UnknownEntity or EntityNotEligible.
    """
    if delegation_type.represents == Represents.STATE:
        return _of_entity(_eligible_entity(delegation_type, code=details.entity_code), delegation_type, details=details, now=now)
    listed = _listed_organization(delegation_type, name=details.organization)
    if listed:
        return _of_entity(listed, delegation_type, details=details, now=now)
    return _of_organization(delegation_type, details=details, now=now)


def _eligible_entity(delegation_type: DelegationType, *, code: str) -> _Represented:
    found = next(_represented(delegation_type, Q(code=code, kind=EntityKind.STATE)), None)
    if found is None:
        raise UnknownEntity
    if not is_eligible(groups=found.entity.groups, eligible_groups=delegation_type.eligible_groups):
        raise EntityNotEligible(entity=found.entity, type=delegation_type)
    return found


def _listed_organization(delegation_type: DelegationType, *, name: str) -> _Represented | None:
    key = fold(name)
    return next((found for found in _represented(delegation_type, ~Q(kind=EntityKind.STATE)) if key in _names(found.entity)), None)


def _names(entity: Entity) -> set[str]:
    return {fold(name) for name in (entity.name_en, entity.name_es, entity.acronym_en, entity.acronym_es) if name}


def _represented(delegation_type: DelegationType, condition: Q) -> Iterator[_Represented]:
    here = FilteredRelation("delegations", condition=Q(delegations__type=delegation_type))
    rows = Entity.objects.filter(condition).annotate(here=here).annotate(delegation_id=F("here__pk"), last_place=Max("here__participants__order"))
    return (_Represented(row, row.delegation_id, row.last_place) for row in rows)


def _of_entity(found: _Represented, delegation_type: DelegationType, *, details: SignUp, now: datetime) -> tuple[Delegation, int]:
    if found.delegation_id:
        delegation = Delegation.objects.get(pk=found.delegation_id)
        delegation.type, delegation.entity = delegation_type, found.entity
        return delegation, found.last_place or 0
    return _new(delegation_type, details=details, now=now, entity=found.entity), 0


def _of_organization(delegation_type: DelegationType, *, details: SignUp, now: datetime) -> tuple[Delegation, int]:
    same_name = delegation_type.delegations.filter(entity=None, organization_key=fold(details.organization))
    delegation = same_name.annotate(last_place=Max("participants__order")).first()
    if delegation:
        return delegation, delegation.last_place or 0
    return _new(delegation_type, details=details, now=now, organization_name=details.organization), 0


def _new(delegation_type: DelegationType, *, details: SignUp, now: datetime, entity: Entity | None = None, organization_name: str = "") -> Delegation:
    return Delegation.objects.create(
        type=delegation_type,
        entity=entity,
        organization_name=organization_name,
        focal_point_name=details.focal_point.name,
        focal_point_email=details.focal_point.email,
        focal_point_language=details.focal_point.language,
        created_at=now,
    )
