"""In which section of the list of participants a delegation stands."""

import re
from collections.abc import Collection, Iterable

from registrations.enums import EntityKind, ListSection
from registrations.rules.names import fold

NOT_STATES = frozenset({"regional_organization", "observer_entity"})
_OBSERVERS = frozenset({"un_observer_state", "oas_permanent_observer", "observer_entity"})
_OF_KIND = {
    EntityKind.UN: ListSection.UN,
    EntityKind.INTERNATIONAL: ListSection.INTERNATIONAL,
    EntityKind.NGO: ListSection.NGO,
    EntityKind.ACADEMIC: ListSection.ACADEMIC,
}
_IN_BRACKETS = re.compile(r"\(([^()]*)\)")

OF_DELEGATION_TYPES = frozenset({ListSection.STATES, ListSection.OBSERVER_STATES})
"""The sections of which there is one for each delegation type, under its name."""


def is_state(*, kind: str, groups: Collection[str]) -> bool:
    """Whether it is a State, among those that are invited like one: not the European Union, not the Order of Malta."""
    return kind == EntityKind.STATE and NOT_STATES.isdisjoint(groups)


def section_of(*, kind: str | None, groups: Collection[str], eligible_groups: Collection[str], is_organizer: bool) -> ListSection:
    """The section for what is represented; `kind` is None for an organization whose name was typed in.

    Everybody of a delegation type that invites observers only stands in that type's section; of any other type only States do.
    A State that convenes the meeting stays among the States.
    """
    if kind == EntityKind.STATE:
        if eligible_groups and _OBSERVERS.issuperset(eligible_groups):
            return ListSection.OBSERVER_STATES
        return ListSection.STATES if is_state(kind=kind, groups=groups) else ListSection.OBSERVERS
    if is_organizer:
        return ListSection.ORGANIZERS
    return _OF_KIND[EntityKind(kind)] if kind else ListSection.OTHER


def is_among(names: Iterable[str], *, hosts: Iterable[str]) -> bool:
    """Whether one of the names, acronyms included, is that of a host such as "Organization of American States (OAS)"."""
    called = {fold(calling) for host in hosts for calling in _callings(host)}
    return any(fold(name) in called for name in names if name)


def _callings(host: str) -> Iterable[str]:
    """The name, the name without what is in brackets, and each thing in brackets, which usually is the acronym."""
    yield host
    yield _IN_BRACKETS.sub("", host)
    for bracket in _IN_BRACKETS.findall(host):
        yield from (part for part in [bracket, *bracket.split(",")] if part.strip())
