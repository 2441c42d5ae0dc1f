"""The numbers at the end of a list of participants, in the active language."""

from collections import Counter
from collections.abc import Iterator, Sequence

from django.utils.text import capfirst
from django.utils.translation import gettext

from registrations.enums import Role
from registrations.queries.list_matter import ListedDelegation, ListMatter
from registrations.rules.bilingual import wording_of
from registrations.rules.list_content import ListTable


def list_figures(matter: ListMatter, *, sections: Sequence[tuple[str, Sequence[ListedDelegation]]], language: str) -> list[ListTable]:
    """People and delegations by section, people by function, people by session."""
    return [_by_section(sections), _by_function(matter), _by_session(matter, language=language)]


def _by_section(sections: Sequence[tuple[str, Sequence[ListedDelegation]]]) -> ListTable:
    numbers = [(title, len(delegations), sum(len(each.people) for each in delegations)) for title, delegations in sections]
    total = (gettext("Total"), sum(row[1] for row in numbers), sum(row[2] for row in numbers))
    return {
        "title": gettext("By section"),
        "headers": [gettext("Section"), gettext("Delegations"), gettext("Participants")],
        "rows": [[str(cell) for cell in row] for row in [*numbers, total]],
        "has_total": True,
    }


def _by_function(matter: ListMatter) -> ListTable:
    counted = Counter(person.role for person in matter.people)
    rows = [[str(Role(role).label), str(counted[role])] for role in Role.values if counted[role]]
    return {
        "title": gettext("By function in the delegation"),
        "headers": [gettext("Function in the delegation"), gettext("Participants")],
        "rows": [*rows, [gettext("Total"), str(counted.total())]],
        "has_total": True,
    }


def _by_session(matter: ListMatter, *, language: str) -> ListTable:
    return {
        "title": gettext("By session"),
        "headers": [capfirst(gettext("session")), gettext("Participants")],
        "rows": list(_sessions(matter, language=language)),
        "has_total": False,
    }


def _sessions(matter: ListMatter, *, language: str) -> Iterator[list[str]]:
    for session, attending in matter.sessions:
        yield [wording_of(session, "title", language=language).text, str(attending)]
