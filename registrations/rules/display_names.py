"""How a participant is called in the meeting room, so that everybody sees for whom they speak."""

from registrations.enums import EntityKind
from registrations.models import Participant
from registrations.rules.bilingual import wording_of


def display_name(participant: Participant) -> str:
    """E.g. "PERÚ - María Muñoz Peña", in the participant's language; an organization goes by its acronym if it has one."""
    return f"{_represented(participant).upper()} - {participant.full_name}"


def _represented(participant: Participant) -> str:
    entity, language = participant.delegation.entity, participant.language
    if entity is None:
        return participant.delegation.organization_name
    acronym = "" if entity.kind == EntityKind.STATE else wording_of(entity, "acronym", language=language).text
    return acronym or wording_of(entity, "name", language=language).text
