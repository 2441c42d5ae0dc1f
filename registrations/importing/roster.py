"""Who and what a meeting has already, for telling what the rows of a list are about; read in a handful of statements."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import prefetch_related_objects

from registrations.enums import Status
from registrations.importing.directory import Directory, directory_of
from registrations.importing.listed_delegations import Group, group_key
from registrations.importing.question_words import can_be_listed
from registrations.models import Meeting, Participant, Question, Session


@dataclass(frozen=True)
class Roster:
    """Everything by the keys under which a row may name it. Of two registrations of a person the one that was not withdrawn counts."""

    meeting: Meeting
    sessions: list[Session]
    directory: Directory
    questions: list[Question] = field(default_factory=list)
    by_reference: dict[str, Participant] = field(default_factory=dict)
    by_person: dict[tuple[Group, str, str], Participant] = field(default_factory=dict)
    by_name: dict[tuple[Group, str], list[Participant]] = field(default_factory=lambda: defaultdict(list))

    def asked_of(self, type_pk: int) -> list[Question]:
        """What the participants of this type are asked and a list can hold."""
        return [each for each in self.questions if not each.delegation_types.all() or type_pk in {kind.pk for kind in each.delegation_types.all()}]


def roster_of(meeting: Meeting) -> Roster:
    """Seven statements for any number of participants, two more where the meeting has questions of its own."""
    prefetch_related_objects([meeting], "questions__options", "questions__delegation_types")
    questions = [question for question in meeting.questions.all() if can_be_listed(question)]
    roster = Roster(meeting, list(meeting.sessions.order_by("number")), directory_of(meeting), questions)
    people = Participant.objects.filter(meeting=meeting).select_related("delegation__entity", "delegation__type").prefetch_related("sessions")
    _enter(roster, sorted(people, key=lambda person: person.status != Status.WITHDRAWN))
    return roster


def group_of(participant: Participant) -> Group:
    """The participant's delegation as a group."""
    delegation = participant.delegation
    return group_key(delegation.type_id, delegation.entity_id, delegation.organization_name)


def _enter(roster: Roster, people: Iterable[Participant]) -> None:
    """Those withdrawn come first, so that the others take their keys."""
    for person in people:
        group = group_of(person)
        roster.by_reference[person.reference] = person
        if not person.erased_at:
            roster.by_person[group, person.mailbox, person.name_key] = person
            roster.by_name[group, person.name_key].append(person)
