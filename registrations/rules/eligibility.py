"""Who may register as which type of delegation."""

from collections.abc import Iterable


def is_eligible(*, groups: Iterable[str], eligible_groups: Iterable[str]) -> bool:
    """Whether a member of `groups` is among those invited: one common group is enough."""
    return not set(groups).isdisjoint(eligible_groups)
