"""Names without accents inside the database, which on SQLite knows none: for ordering and for comparing."""

from collections.abc import Mapping
from functools import reduce

from django.db.models import F, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Lower, NullIf, Replace

_ACCENTED = {"a": "áàâãåä", "c": "ç", "e": "éèêë", "i": "íìîï", "o": "óòôõöø", "u": "úùûü", "n": "ñ"}
_PLAIN = {accented: plain for plain, letters in _ACCENTED.items() for accented in letters + letters.upper()}
_DROPPED = dict.fromkeys("'’‘ʻ.", "")
_N_TILDE_AFTER_N = {"ñ": "n~", "Ñ": "n~"}


def by_delegation(language: str, *, path: str = "") -> Combinable:
    """Order of delegations by their name in the reader's language; `path` leads to the delegation, e.g. "delegation__"."""
    other = "en" if language == "es" else "es"
    names = (NullIf(F(f"{path}entity__name_{code}"), Value("")) for code in (language, other))
    return _respelt(Coalesce(*names, F(f"{path}organization_name")), letters=_PLAIN | _N_TILDE_AFTER_N if language == "es" else _PLAIN)


def folded(column: str) -> Combinable:
    """The column as rules.names.fold spells it, for the letters of the languages of most names."""
    return _respelt(F(column), letters=_PLAIN | _DROPPED)


def _respelt(text: Combinable, *, letters: Mapping[str, str]) -> Combinable:
    return Lower(reduce(lambda spelt, letter: Replace(spelt, Value(letter), Value(letters[letter])), letters, text))
