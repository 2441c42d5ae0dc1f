"""In which order the delegations of a list of participants follow each other."""

from collections.abc import Collection, Sequence

from registrations.details import ListOptions
from registrations.enums import ListOrder
from registrations.rules.names import fold, sort_key

OrderKey = tuple[int, str]


def order_key(name: str, *, names: Collection[str], is_state: bool, options: ListOptions, language: str) -> OrderKey:
    """A key that puts delegations in order within a section.

    `name` is the one in the language of the document, `names` all by which an order of precedence may call the delegation. States under
    a drawn letter come first and those before it in the alphabet last; organizations are not drawn for. Where a fixed order does not name
    a delegation, it follows in alphabetical order.
    """
    alphabetical = sort_key(name, language)
    match options.order:
        case ListOrder.LETTER if is_state:
            return int(alphabetical < sort_key(options.letter, language)), alphabetical
        case ListOrder.PRECEDENCE:
            return _place(names, options.precedence), alphabetical
    return 0, alphabetical


def unknown_in(precedence: Sequence[str], *, known: Collection[str]) -> list[str]:
    """The names of an order of precedence that no delegation is known by."""
    keys = {fold(name) for name in known}
    return [name for name in precedence if fold(name) not in keys]


def _place(names: Collection[str], precedence: Sequence[str]) -> int:
    keys = {fold(name) for name in names if name}
    return next((place for place, name in enumerate(precedence) if fold(name) in keys), len(precedence))
