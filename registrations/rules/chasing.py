"""Writing to those who were invited and have not answered."""

from hashlib import sha256

from registrations.enums import ChaseWording

LANGUAGES = ("en", "es")


def languages_for(language: str, wording: ChaseWording) -> list[str]:
    """The languages in which a mission is written to, its own first; one whose language is not known is written to in all."""
    own = [language] if language else []
    if own and wording == ChaseWording.OWN:
        return own
    return own + [each for each in LANGUAGES if each not in own]


def chase_key(type_id: int, entity_id: int | None, organization_key: str, mailbox: str) -> str:
    """Under which a mission is written to once, as this type and at this mailbox, even if it was taken off the list and put back."""
    represented = f"{entity_id or organization_key}:{mailbox}"
    return f"{type_id}:{sha256(represented.encode()).hexdigest()}"
