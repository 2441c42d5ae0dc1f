"""Which list of participants may follow which."""

from registrations.enums import ListKind


def may_follow(kind: ListKind, *, last: str | None) -> bool:
    """Whether a list of this kind may be issued after the last one: a final list is revised, but never provisional again."""
    return last != ListKind.FINAL or kind == ListKind.FINAL
