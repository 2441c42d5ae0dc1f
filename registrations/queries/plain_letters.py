"""Names without accents inside the database: for ordering and for comparing as rules.names does."""

from typing import Any

from django.db.models import F, Func, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, NullIf, Replace

from registrations.rules.names import fold

_ACCENTED = "áàâãåäăąāçćčďđéèêëěęēğíìîïīłńňñóòôõöøőřśšşșťțúùûüůűūýźžż"
_PLAIN = "aaaaaaaaacccddeeeeeeegiiiiilnnnooooooorssssttuuuuuuuyzzz"
_DROPPED = "''’‘ʻ."  # the first apostrophe is doubled for SQL


class Folded(Func):
    """The text as rules.names.fold spells it: exactly so on SQLite, for the letters of most names on PostgreSQL."""

    function = "dialogo_fold"
    arity = 1
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template=f"TRANSLATE(LOWER(%(expressions)s), '{_ACCENTED}{_DROPPED}', '{_PLAIN}')", **context)


def teach_sqlite(*, connection: Any, **_signal: Any) -> None:
    """Receiver of `connection_created`: SQLite knows no accents by itself."""
    if connection.vendor == "sqlite":
        connection.connection.create_function("dialogo_fold", 1, _fold, deterministic=True)


def by_delegation(language: str, *, path: str = "") -> Combinable:
    """Order of delegations by their name in the reader's language; `path` leads to the delegation, e.g. "delegation__"."""
    other = "en" if language == "es" else "es"
    names = (NullIf(F(f"{path}entity__name_{code}"), Value(""), output_field=TextField()) for code in (language, other))
    name = Coalesce(*names, F(f"{path}organization_name"), output_field=TextField())
    return Folded(_n_tilde_after_n(name) if language == "es" else name)


def _n_tilde_after_n(name: Combinable) -> Combinable:
    small = Replace(name, Value("ñ"), Value("n~"), output_field=TextField())
    return Replace(small, Value("Ñ"), Value("n~"), output_field=TextField())


def _fold(text: str | None) -> str | None:
    return None if text is None else fold(text)
