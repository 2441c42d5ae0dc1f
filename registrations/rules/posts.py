"""What stands below a name in the papers of a meeting: the position and the institution."""

import re
from collections.abc import Collection

from registrations.rules.list_names import without_article
from registrations.rules.names import fold


def printed_post(position: str, institution: str, *, represented: Collection[str]) -> str:
    """E.g. "Director, Ministry of Defence"; the institution is not said where it is what is `represented`, by any of its names in whatever
    language, or stands in the position already."""
    names = {part for name in represented for part in _parts(name)}
    is_said = names.issuperset(_parts(institution)) or _words(institution) in _words(position)
    return position if is_said else ", ".join(filter(None, [position, institution]))


def _parts(name: str) -> list[str]:
    """What stands outside and inside brackets, which usually is a name and its acronym, without article."""
    return [without_article(fold(part)) for part in re.split(r"[()]", name) if part.strip()]


def _words(text: str) -> str:
    return " " + " ".join(re.findall(r"\w+", fold(text))) + " "
