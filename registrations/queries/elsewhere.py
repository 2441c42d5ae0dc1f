"""The same person in several delegations of one meeting, which is allowed: the same name at the same mailbox."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Exists, OuterRef, QuerySet

from registrations.enums import Status
from registrations.models import Delegation, Participant


def elsewhere(people: Iterable[Participant]) -> dict[int, list[Participant]]:
    """For the pk of each, where else they take part: not withdrawn, not erased, with their delegations; one statement."""
    people = list(people)
    same = defaultdict(list)
    mailboxes, meetings = {person.mailbox for person in people}, {person.meeting_id for person in people}
    for twin in _present().filter(meeting__in=meetings, mailbox__in=mailboxes).select_related("delegation__entity").order_by("pk"):
        same[_key(twin)].append(twin)
    return {person.pk: [twin for twin in same[_key(person)] if twin.delegation_id != person.delegation_id] for person in people}


def people_also_elsewhere(delegations: Iterable[Delegation]) -> dict[int, list[tuple[Participant, list[Participant]]]]:
    """For the pk of each delegation its people who take part elsewhere as well, with where; two statements."""
    twins = _present().filter(meeting=OuterRef("meeting"), mailbox=OuterRef("mailbox"), name_key=OuterRef("name_key"))
    shared = _present().filter(Exists(twins.exclude(delegation=OuterRef("delegation"))), delegation__in=[each.pk for each in delegations])
    people = list(shared.order_by("order", "pk"))
    where, found = elsewhere(people), defaultdict(list)
    for person in people:
        found[person.delegation_id].append((person, where[person.pk]))
    return found


def _present() -> QuerySet[Participant]:
    return Participant.objects.filter(erased_at=None).exclude(status=Status.WITHDRAWN)


def _key(person: Participant) -> tuple[int, str, str]:
    return person.meeting_id, person.mailbox, person.name_key
