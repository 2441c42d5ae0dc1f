"""What a list of participants is made of, read once for both languages."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from django.db.models import Count, Q, QuerySet

from registrations.enums import HostRole, ListSection, Role, Status
from registrations.models import Delegation, DelegationType, Entity, Host, Meeting, Participant, Question, Session
from registrations.queries.answered_questions import questions_in_words
from registrations.rules.list_sections import is_among, is_state, section_of

_CONVENES = frozenset({HostRole.ORGANIZER, HostRole.CO_ORGANIZER})


@dataclass(frozen=True)
class ListedDelegation:
    """A delegation with those of its people who are named, its head first, the others in its own order."""

    delegation: Delegation
    section: ListSection
    people: tuple[Participant, ...]

    @property
    def type(self) -> DelegationType:
        return self.delegation.type

    @property
    def is_state(self) -> bool:
        entity = self.delegation.entity
        return entity is not None and is_state(kind=entity.kind, groups=entity.groups)

    @cached_property
    def names(self) -> list[str]:
        return names_of(self.delegation)


@dataclass(frozen=True)
class ListMatter:
    """The delegations in no particular order, the hosts that convene, the sessions with the number of those named who attend, and the questions
    whose answers are printed."""

    meeting: Meeting
    hosts: list[Host]
    sessions: Sequence[tuple[Session, int]]
    delegations: list[ListedDelegation]
    questions: Sequence[Question] = ()

    @property
    def people(self) -> list[Participant]:
        return [person for each in self.delegations for person in each.people]


def named_in_list(meeting: Meeting) -> QuerySet[Participant]:
    """Those who are named: confirmed, with the data notice accepted that announces the list, and neither left out nor about to be erased."""
    return expected_in_room(meeting).filter(consented_at__isnull=False, is_left_out_of_list=False)


def expected_in_room(meeting: Meeting) -> QuerySet[Participant]:
    """All who are confirmed, whether they are named in the list or not: those who get a badge and sign in."""
    return Participant.objects.filter(meeting=meeting, status=Status.CONFIRMED, erasure_approved_at=None, erased_at=None)


def not_to_be_named(meeting: Meeting) -> QuerySet[Participant]:
    """Those whose name may appear nowhere, not even among those who are gone."""
    return Participant.objects.filter(Q(is_left_out_of_list=True) | Q(erasure_approved_at__isnull=False), meeting=meeting)


def conveners(meeting: Meeting) -> list[Host]:
    """The hosts that convene the meeting, in order; whoever only pays for it is none."""
    return [host for host in meeting.hosts.all() if host.role in _CONVENES]


def list_matter(meeting: Meeting, *, people: QuerySet[Participant], questions: Collection[str] = ()) -> ListMatter:
    """Everything about these people of the meeting in three statements, whatever their number, and two more where questions are chosen.

    Codes of questions that are gone, or answered with a file, are passed over.
    """
    hosts = conveners(meeting)
    attending = Count("participants", filter=Q(participants__in=people.values("pk")))
    sessions = meeting.sessions.filter(is_cancelled=False).annotate(attending=attending).order_by("starts_at", "number")
    in_order = people.select_related("delegation__entity", "delegation__type").order_by("delegation", "order", "pk")
    numbered = [(session, session.attending) for session in sessions]
    chosen = [question for question in questions_in_words(meeting) if question.code in questions] if questions else []
    return ListMatter(meeting, hosts, numbered, list(_by_delegation(in_order, hosts=hosts)), chosen)


@dataclass(frozen=True)
class ListNumbers:
    """How many would be on the list; of those confirmed, how many are left out and how many have changes that nobody has looked at; and
    how many wait for a decision."""

    delegations: int
    people: int
    left_out: int
    changed: int
    pending: int


def list_numbers(meeting: Meeting) -> ListNumbers:
    """In two statements."""
    named = named_in_list(meeting).aggregate(delegations=Count("delegation", distinct=True), people=Count("pk"))
    confirmed = Q(status=Status.CONFIRMED)
    others = Participant.objects.filter(meeting=meeting).aggregate(
        left_out=Count("pk", filter=confirmed & Q(is_left_out_of_list=True)),
        changed=Count("pk", filter=confirmed & ~Q(to_review={})),
        pending=Count("pk", filter=Q(status=Status.PENDING)),
    )
    return ListNumbers(**named, **others)


def known_names() -> list[str]:
    """All by which a fixed order of precedence may call a delegation, of whatever meeting; two statements."""
    entities = [name for entity in Entity.objects.all() for name in entity_names(entity)]
    return [*entities, *Delegation.objects.filter(entity=None).values_list("organization_name", flat=True)]


def names_of(delegation: Delegation) -> list[str]:
    """All by which it is known: those of what it represents, or the name as typed."""
    return entity_names(delegation.entity) if delegation.entity else [delegation.organization_name]


def entity_names(entity: Entity) -> list[str]:
    """Code, names, long names and acronyms in both languages."""
    columns = (f"{name}_{code}" for name in ("name", "formal_name", "acronym") for code in ("en", "es"))
    return [text for text in (entity.code, *(getattr(entity, column) for column in columns)) if text]


def _by_delegation(people: Iterable[Participant], *, hosts: Iterable[Host]) -> Iterator[ListedDelegation]:
    called = [getattr(host, f"{name}_{code}") for host in hosts for name in ("name", "short_name") for code in ("en", "es")]
    for _pk, group in groupby(people, key=lambda person: person.delegation_id):
        members = sorted(group, key=lambda person: person.role != Role.HEAD)
        delegation = members[0].delegation
        yield ListedDelegation(delegation, _section(delegation, hosts=called), tuple(members))


def _section(delegation: Delegation, *, hosts: list[str]) -> ListSection:
    entity = delegation.entity
    return section_of(
        kind=entity.kind if entity else None,
        groups=entity.groups if entity else [],
        eligible_groups=delegation.type.eligible_groups,
        is_organizer=is_among(names_of(delegation), hosts=hosts),
    )
