"""What differs between two lists of participants in the same language, and how somebody is taken out of one."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from registrations.rules.list_content import ListDelegation, ListDeparture, ListDocument, ListPerson

_Line = tuple[str, ...]


@dataclass(frozen=True)
class MarkWords:
    """What stands beside a line that is new or was changed."""

    new: str
    changed: str


def mark_changes(document: ListDocument, *, since: ListDocument, words: MarkWords, unnamed: Collection[str]) -> bool:
    """Mark in the document what has changed since the other one, and list who is no longer there; whether there was anything.

    A line is changed if the person's name, function, position or delegation is another, or the answer to a question of both lists; contacts do not
    count, because another choice of the organizers would change them all. Whoever was erased from the earlier list is not missed, nor those whose
    keys are `unnamed`.
    """
    questions = [code for code in document.get("questions", ()) if code in since.get("questions", ())]
    before, after = _lines(since, questions=questions), _lines(document, questions=questions)
    for _delegation, person in _people(document):
        if person["key"] not in before:
            person["mark"] = words.new
        elif after[person["key"]] != before[person["key"]]:
            person["mark"] = words.changed
    document["departures"] = list(_departures(since, but={*after, *unnamed}))
    return bool(document["departures"]) or any(person["mark"] for _delegation, person in _people(document))


def without_person(document: ListDocument, *, key: str, nobody: str) -> bool:
    """Put `nobody` in the place of whatever names the person, and say whether there was anything."""
    people = [person for _delegation, person in _people(document) if person["key"] == key]
    for person in people:
        person.update({"key": "", "name": nobody, "function": "", "position": "", "contacts": [], "mark": ""})
        person.pop("answers", None)
    departures = [gone for gone in document["departures"] if gone["key"] == key]
    for gone in departures:
        gone.update({"key": "", "name": nobody, "delegation": ""})
    return bool(people or departures)


def line_of(document: ListDocument, *, key: str) -> ListPerson | None:
    """The person's line, or None where they are not named."""
    return next((person for _delegation, person in _people(document) if person["key"] == key), None)


def is_empty(document: ListDocument) -> bool:
    """Whether nobody is on the list."""
    return not document["sections"]


def delegation_keys(document: ListDocument) -> list[str]:
    """The delegations on the list, by pk as text."""
    return [delegation["key"] for section in document["sections"] for delegation in section["delegations"]]


def _lines(document: ListDocument, *, questions: Sequence[str]) -> dict[str, _Line]:
    return {
        person["key"]: (delegation["key"], person["name"], person["function"], person["position"], *_answers(person, questions=questions))
        for delegation, person in _people(document)
        if person["key"]
    }


def _answers(person: ListPerson, *, questions: Sequence[str]) -> Iterator[str]:
    given = {each["code"]: each["answer"] for each in person.get("answers", ())}
    return (given.get(code, "") for code in questions)


def _departures(since: ListDocument, *, but: Collection[str]) -> Iterator[ListDeparture]:
    for delegation, person in _people(since):
        if person["key"] and person["key"] not in but:
            yield {"key": person["key"], "name": person["name"], "delegation": delegation["name"]}


def _people(document: ListDocument) -> Iterator[tuple[ListDelegation, ListPerson]]:
    for section in document["sections"]:
        for delegation in section["delegations"]:
            for person in delegation["people"]:
                yield delegation, person
