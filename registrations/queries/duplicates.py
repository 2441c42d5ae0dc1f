"""Who else at the meeting may be the same person."""

from dataclasses import dataclass

from django.db.models import Q

from registrations.enums import Likeness, Status
from registrations.models import Participant
from registrations.rules.likeness import likeness
from registrations.rules.names import fold


@dataclass(frozen=True)
class Duplicate:
    """Somebody who may be the same person, and why."""

    participant: Participant
    likeness: list[Likeness]


def possible_duplicates(person: Participant) -> list[Duplicate]:
    """The others of the meeting, in any delegation, who are like the person; nobody who withdrew or was erased. One statement."""
    others = Participant.objects.filter(meeting=person.meeting_id, erased_at=None).exclude(status=Status.WITHDRAWN).exclude(pk=person.pk)
    like = Q(mailbox=person.mailbox) | Q(name_key=person.name_key) | _with_all_words_of(person)
    found = others.filter(like).select_related("delegation__type", "delegation__entity").order_by("created_at", "pk")
    duplicates = (Duplicate(other, likeness(person, other)) for other in found)
    return [duplicate for duplicate in duplicates if duplicate.likeness]


def _with_all_words_of(person: Participant) -> Q:
    words = fold(person.full_name.replace("-", " ")).split()
    return Q(*(Q(search_text__contains=word) for word in words))
