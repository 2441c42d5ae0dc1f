"""Whether two registrations may be those of one person."""

from registrations.enums import Likeness
from registrations.models import Participant
from registrations.rules.names import name_words


def likeness(one: Participant, other: Participant) -> list[Likeness]:
    """Why they may be the same, the most telling first. Colleagues of one delegation often share a mailbox: that alone tells nothing."""
    found = []
    if one.name_key == other.name_key:
        found.append(Likeness.NAME)
    elif name_words(one.full_name) == name_words(other.full_name):
        found.append(Likeness.ORDER)
    if one.mailbox == other.mailbox and one.delegation_id != other.delegation_id:
        found.append(Likeness.MAILBOX)
    return found
