"""What somebody may have meant who wrote a name a little differently."""

import re
from collections.abc import Iterable
from difflib import get_close_matches

from registrations.rules.names import fold

_ALIKE = 0.8
_SHORTEST = 4
_WORD = re.compile(r"\w+")


def near_misses(text: str, *, among: Iterable[str], most: int = 5) -> list[str]:
    """Of these folded names those that hold all the words of the text, the shortest first, then those that hardly differ from it.

    "estados unidos" is near "estados unidos de america" and "perru" near "peru"; "narnia" is near nothing, nor is what has three letters.
    """
    key, names = fold(text), list(among)
    if len(key) < _SHORTEST:
        return []
    words = set(_WORD.findall(key))
    longer = sorted((name for name in names if words and words.issubset(_WORD.findall(name))), key=len)
    return list(dict.fromkeys([*longer, *get_close_matches(key, names, n=most, cutoff=_ALIKE)]))[:most]
