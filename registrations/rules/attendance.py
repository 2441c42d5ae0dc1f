"""Who a name and an address on a meeting platform's list of attendees belong to."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from registrations.rules.names import fold, mailbox_key, name_key

DOORS_OPEN_BEFORE = timedelta(hours=3)
"""How long before a session people are checked in."""
_IN_BRACKETS = re.compile(r"[(\[][^)\]]*[)\]]")
_DASH = re.compile(r"\s+[-–—|]\s+|\s*:\s+")


@dataclass(frozen=True)
class Attendee:
    """A confirmed participant: names as typed, mailbox, and what their delegation is called, folded, in each language."""

    pk: int
    full_name: str
    mailbox: str
    delegation: str
    represented: frozenset[str]


@dataclass(frozen=True)
class Verdict:
    """One certain person, several possible ones in the order of the list, or nobody."""

    certain: Attendee | None = None
    possible: tuple[Attendee, ...] = ()


@dataclass
class AttendanceList:
    """The meeting's confirmed, by everything under which a platform may name them."""

    people: list[Attendee]
    _by_mailbox: dict[str, list[Attendee]] = field(default_factory=lambda: defaultdict(list))
    _by_words: dict[frozenset[str], list[Attendee]] = field(default_factory=lambda: defaultdict(list))
    _by_word: dict[str, list[Attendee]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for person in self.people:
            words = _words(person.full_name)
            self._by_mailbox[person.mailbox].append(person)
            self._by_words[words].append(person)
            for word in words:
                self._by_word[word].append(person)

    def verdict(self, name: str, email: str) -> Verdict:
        """The same name and mailbox, or the same name where nobody else has it, is certain; anything less is to be decided by somebody.

        Accents, capitals, the order of names and a State or organization in front do not matter.
        """
        at_mailbox, called = self._by_mailbox.get(mailbox_key(email), []), self._called(name)
        both = [person for person in at_mailbox if person in called]
        if len(both) == 1:
            return Verdict(both[0])
        if at_mailbox:
            similar = [person for person in at_mailbox if _words(person.full_name) & _words(name)]
            is_alone = len(at_mailbox) == 1 and (similar or not name)
            return Verdict(at_mailbox[0]) if is_alone and not called else Verdict(possible=_once([*at_mailbox, *called]))
        if len(called) == 1:
            return Verdict(called[0])
        return Verdict(possible=_once([*called, *self._similar(name)]))

    def _called(self, name: str) -> list[Attendee]:
        """Those with exactly this name, of the State or organization in front of it if there is one."""
        for represented, rest in _readings(name):
            found = self._by_words.get(_words(rest), [])
            of_them = [person for person in found if represented in person.represented]
            if found:
                return of_them or found
        return []

    def _similar(self, name: str) -> list[Attendee]:
        """Those of whose name two words at least are here, and all of one side."""
        words = _words(name)
        near = {person.pk: person for word in words for person in self._by_word.get(word, [])}
        return [person for person in near.values() if _is_part(words, _words(person.full_name))]


def _readings(name: str) -> Iterable[tuple[str, str]]:
    """The name as it stands and without what stands in front of a dash or in brackets; with that, folded, in front."""
    bare = _IN_BRACKETS.sub(" ", name)
    yield "", name
    yield "", bare
    for divider in _DASH.finditer(bare):
        yield fold(bare[: divider.start()]), bare[divider.end() :]


def _is_part(one: frozenset[str], other: frozenset[str]) -> bool:
    shared = one & other
    return len(shared) > 1 and (other <= one or shared == one)


def _words(name: str) -> frozenset[str]:
    return frozenset(word for word in (name_key(part) for part in re.split(r"[\s,;\-–—()\[\]|:]+", name)) if word)


def _once(people: Iterable[Attendee]) -> tuple[Attendee, ...]:
    return tuple(dict.fromkeys(people))
