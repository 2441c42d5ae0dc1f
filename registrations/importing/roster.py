"""Who and what a meeting has already, for telling what the rows of a list are about; read in a handful of statements."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import prefetch_related_objects

from registrations.enums import EntityKind, Represents, Status
from registrations.importing.list_columns import can_be_listed
from registrations.models import DelegationType, Entity, Meeting, Participant, Question, Session
from registrations.rules.eligibility import is_eligible
from registrations.rules.names import fold

Group = tuple[int, str]
"""A delegation, there or to be made: its type, and its entity's pk or its name, folded."""


@dataclass(frozen=True)
class Roster:
    """Everything by the keys under which a row may name it. Of two registrations of a person the one that was not withdrawn counts."""

    meeting: Meeting
    sessions: list[Session]
    types: list[DelegationType]
    entities: dict[str, Entity]
    codes: dict[str, Entity]
    questions: list[Question] = field(default_factory=list)
    by_reference: dict[str, Participant] = field(default_factory=dict)
    by_person: dict[tuple[Group, str, str], Participant] = field(default_factory=dict)
    by_name: dict[tuple[Group, str], list[Participant]] = field(default_factory=lambda: defaultdict(list))

    def asked_of(self, type_pk: int) -> list[Question]:
        """What the participants of this type are asked and a list can hold."""
        return [each for each in self.questions if not each.delegation_types.all() or type_pk in {kind.pk for kind in each.delegation_types.all()}]

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


def roster_of(meeting: Meeting) -> Roster:
    """Seven statements for any number of participants, two more where the meeting has questions of its own."""
    entities = list(Entity.objects.all())
    names = {fold(name): entity for entity in entities for name in _names_of(entity)}
    codes = {entity.code.casefold(): entity for entity in entities}
    prefetch_related_objects([meeting], "questions__options", "questions__delegation_types")
    questions = [question for question in meeting.questions.all() if can_be_listed(question)]
    roster = Roster(meeting, list(meeting.sessions.order_by("number")), list(meeting.delegation_types.all()), names, codes, questions)
    people = Participant.objects.filter(meeting=meeting).select_related("delegation__entity", "delegation__type").prefetch_related("sessions")
    _enter(roster, sorted(people, key=lambda person: person.status != Status.WITHDRAWN))
    return roster


def group_of(participant: Participant) -> Group:
    """The participant's delegation as a group."""
    delegation = participant.delegation
    return delegation.type_id, f"entity {delegation.entity_id}" if delegation.entity_id else fold(delegation.organization_name)


def _enter(roster: Roster, people: Iterable[Participant]) -> None:
    """Those withdrawn come first, so that the others take their keys."""
    for person in people:
        group = group_of(person)
        roster.by_reference[person.reference] = person
        if not person.erased_at:
            roster.by_person[group, person.mailbox, person.name_key] = person
            roster.by_name[group, person.name_key].append(person)


def _names_of(entity: Entity) -> set[str]:
    names = (entity.name_en, entity.name_es, entity.formal_name_en, entity.formal_name_es, entity.acronym_en, entity.acronym_es)
    return {name for name in names if name}


def _names_of_type(each: DelegationType) -> set[str]:
    return {fold(text.replace("_", " ")) for text in (each.code, each.name_en, each.name_es, each.plural_en, each.plural_es)} | {fold(each.code)}
