"""The sentences and titles of a list of participants, in the active language."""

from collections.abc import Callable, Sequence

from django.utils.translation import gettext, ngettext, pgettext

from registrations.details import ListOptions
from registrations.enums import ListKind, Role
from registrations.rules.clock_faces import joined
from registrations.rules.list_changes import MarkWords

_Sentence = Callable[[int], str]


def heading(kind: ListKind) -> str:
    """E.g. "Provisional list of participants"."""
    return gettext("Final list of participants") if kind == ListKind.FINAL else gettext("Provisional list of participants")


def list_name(kind: str, revision: int) -> str:
    """E.g. "Provisional list of participants, revision 2"."""
    name = heading(ListKind(kind))
    return gettext("%(list)s, revision %(number)s") % {"list": name, "number": revision} if revision else name


def draft_edition(text: str) -> str:
    """The edition of a paper that was not issued."""
    return gettext("%(edition)s (draft, not issued)") % {"edition": text}


def edition(revision: int, *, day: str) -> str:
    """E.g. "20 January 2027", "Revision 2, 27 January 2027"."""
    return gettext("Revision %(number)s, %(day)s") % {"number": revision, "day": day} if revision else day


def function_words(role: Role) -> str:
    """What stands beside the name of a head of delegation or an alternate; nothing for anybody else."""
    match role:
        case Role.HEAD:
            return pgettext("beside a name in the list of participants", "Head of delegation")
        case Role.ALTERNATE:
            return pgettext("beside a name in the list of participants", "Alternate head of delegation")
        case _:
            return ""


def answer_line(question: str, answer: str) -> str:
    """The answer on one line with what was asked: "Diet: Vegetarian", "Do you need a visa? yes"."""
    words = {"question": question, "answer": " ".join(answer.split())}
    if question.endswith(("?", ":")):
        return pgettext("in the list of participants, after a question mark", "%(question)s %(answer)s") % words
    return pgettext("in the list of participants", "%(question)s: %(answer)s") % words


def attendance(states: Sequence[str], observers: Sequence[str], organizations: Sequence[str], *, options: ListOptions, language: str) -> list[str]:
    """A sentence for each kind that is represented, its names in the order given: "The following 27 States were represented: ..."."""
    sentences = _REPRESENTED if options.kind == ListKind.FINAL else _REGISTERED
    groups = zip(sentences, (states, observers, organizations), strict=True)
    return [_filled(sentence, names, language=language) for sentence, names in groups if names]


def _filled(sentence: _Sentence, names: Sequence[str], *, language: str) -> str:
    return sentence(len(names)) % {"number": len(names), "names": _enumerated(names, language=language)}


def _enumerated(names: Sequence[str], *, language: str) -> str:
    """The names as part of a sentence; semicolons part them where one of them holds a comma."""
    if not any("," in name for name in names):
        return joined(names, language=language)
    return pgettext("between names that hold commas", "; ").join(names)


def _states_represented(number: int) -> str:
    return ngettext("The following State was represented: %(names)s.", "The following %(number)s States were represented: %(names)s.", number)


def _observers_represented(number: int) -> str:
    return ngettext("The following observer was represented: %(names)s.", "The following %(number)s observers were represented: %(names)s.", number)


def _organizations_represented(number: int) -> str:
    return ngettext(
        "The following organization was represented: %(names)s.", "The following %(number)s organizations were represented: %(names)s.", number
    )


def _states_registered(number: int) -> str:
    return ngettext(
        "The following State has registered a delegation: %(names)s.",
        "The following %(number)s States have registered delegations: %(names)s.",
        number,
    )


def _observers_registered(number: int) -> str:
    return ngettext(
        "The following observer has registered a delegation: %(names)s.",
        "The following %(number)s observers have registered delegations: %(names)s.",
        number,
    )


def _organizations_registered(number: int) -> str:
    return ngettext(
        "The following organization has registered a delegation: %(names)s.",
        "The following %(number)s organizations have registered delegations: %(names)s.",
        number,
    )


_REPRESENTED: tuple[_Sentence, ...] = (_states_represented, _observers_represented, _organizations_represented)
_REGISTERED: tuple[_Sentence, ...] = (_states_registered, _observers_registered, _organizations_registered)


def figures_title() -> str:
    return gettext("Participation in figures")


def mark_words() -> MarkWords:
    """What stands in brackets beside a line, as lists of participants say it."""
    return MarkWords(new=pgettext("line of a revised list", "new"), changed=pgettext("line of a revised list", "amended"))


def legend(*, since: str, words: MarkWords, has_changes: bool) -> str:
    """What the marks refer to; `since` names the earlier list."""
    if not has_changes:
        return gettext("Nothing has changed since the list issued last (%(list)s).") % {"list": since}
    sentence = gettext(
        "Changes since the list issued last (%(list)s) are marked: [%(new)s], [%(changed)s] and, at the end, those no longer on the list."
    )
    return sentence % {"list": since, "new": words.new, "changed": words.changed}


def departures_title() -> str:
    return gettext("No longer on the list")
