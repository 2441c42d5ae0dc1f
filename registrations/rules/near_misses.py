"""What somebody may have meant who wrote a name a little differently."""

from collections.abc import Iterable
from difflib import get_close_matches

from registrations.rules.names import fold

_ALIKE = 0.8


def near_misses(text: str, *, among: Iterable[str], most: int = 5) -> list[str]:
    """The folded names that hardly differ from the text, the nearest first: "perru" is near "peru", "narnia" is near nothing."""
    return get_close_matches(fold(text), list(among), n=most, cutoff=_ALIKE)
