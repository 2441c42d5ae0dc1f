"""The delegation that a sign-up belongs to: the one that is there, or a new one."""

from datetime import datetime

from django.db.models import F, FilteredRelation, Max, Q, QuerySet

from registrations.details import SignUp
from registrations.enums import EntityKind, Represents
from registrations.errors import EntityNotEligible, UnknownEntity
from registrations.models import Delegation, DelegationType, Entity
from registrations.rules.eligibility import is_eligible
from registrations.rules.names import fold


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


def _eligible_entity(delegation_type: DelegationType, *, code: str) -> Entity:
    entity = _with_delegation(delegation_type).filter(code=code, kind=EntityKind.STATE).first()
    if entity is None:
        raise UnknownEntity
    if not is_eligible(groups=entity.groups, eligible_groups=delegation_type.eligible_groups):
        raise EntityNotEligible(entity=entity, type=delegation_type)
    return entity


def _listed_organization(delegation_type: DelegationType, *, name: str) -> Entity | None:
    key = fold(name)
    organizations = _with_delegation(delegation_type).exclude(kind=EntityKind.STATE)
    return next((o for o in organizations if key in {fold(n) for n in (o.name_en, o.name_es, o.acronym_en, o.acronym_es) if n}), None)


def _with_delegation(delegation_type: DelegationType) -> QuerySet[Entity]:
    here = FilteredRelation("delegations", condition=Q(delegations__type=delegation_type))
    return Entity.objects.annotate(here=here).annotate(delegation_id=F("here__pk"), last_place=Max("here__participants__order"))


def _of_entity(entity: Entity, delegation_type: DelegationType, *, details: SignUp, now: datetime) -> tuple[Delegation, int]:
    if entity.delegation_id:
        return Delegation(pk=entity.delegation_id, type=delegation_type, entity=entity), entity.last_place or 0
    return _new(delegation_type, details=details, now=now, entity=entity), 0


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
