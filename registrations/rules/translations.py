"""Whether a text that is kept in English and Spanish says the same in both."""

import hashlib
from collections.abc import Mapping, Sequence
from enum import StrEnum

Texts = Mapping[str, tuple[str, str]]
Pairs = Mapping[str, Sequence[str]]


class Gap(StrEnum):
    """What a text lacks to be published."""

    NO_ENGLISH = "no English"
    NO_SPANISH = "no Spanish"
    SPANISH_OLDER = "Spanish older"


def gaps_in(texts: Texts, *, pairs: Pairs) -> dict[str, Gap]:
    """The texts, each in English and Spanish, that lack a language, or whose English has changed since the Spanish was written.

    A text without any wording lacks nothing. `pairs` are those of `paired`; a text that has none is not older.
    """
    found = {name: _gap(*wordings, pair=pairs.get(name, ())) for name, wordings in texts.items()}
    return {name: gap for name, gap in found.items() if gap}


def paired(texts: Texts, *, before: Pairs) -> dict[str, list[str]]:
    """For each text the digests of the two wordings that say the same: the present ones where the Spanish is new, else those of `before`."""
    return {name: _pair(*wordings, before=before.get(name, ())) for name, wordings in texts.items() if any(wordings)}


def confirmed(texts: Texts) -> dict[str, list[str]]:
    """The pairs of somebody who has read both wordings of each and says that they agree."""
    return paired(texts, before={})


def _gap(english: str, spanish: str, *, pair: Sequence[str]) -> Gap | None:
    if bool(english) != bool(spanish):
        return Gap.NO_ENGLISH if spanish else Gap.NO_SPANISH
    is_older = bool(pair) and _digest(spanish) == pair[1] and _digest(english) != pair[0]
    return Gap.SPANISH_OLDER if is_older else None


def _pair(english: str, spanish: str, *, before: Sequence[str]) -> list[str]:
    if before and _digest(spanish) == before[1]:
        return list(before)
    return [_digest(english), _digest(spanish)]


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]
