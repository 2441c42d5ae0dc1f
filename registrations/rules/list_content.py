"""The list of participants in one language, as plain data: what is kept as JSON, and what every rendering prints as it is."""

from typing import NotRequired, TypedDict


class ListAnswer(TypedDict):
    """To one of the meeting's own questions, by its code: the answer in words, and with its question as the line that is printed."""

    code: str
    answer: str
    line: str


class ListPerson(TypedDict):
    """One line. `key` is the participant's pk as text, "" once the person was erased; `position` names the institution as well; `mark` says what
    has changed since the last issue. Only a list for which questions were chosen has `answers`."""

    key: str
    name: str
    function: str
    position: str
    contacts: list[str]
    answers: NotRequired[list[ListAnswer]]
    mark: str


class ListDelegation(TypedDict):
    key: str
    name: str
    people: list[ListPerson]


class ListPart(TypedDict):
    """One section of the list."""

    title: str
    delegations: list[ListDelegation]


class ListDeparture(TypedDict):
    """Somebody who stood in the list that was issued last, and where."""

    key: str
    name: str
    delegation: str


class ListTable(TypedDict):
    """Numbers under a title; the first cell of a row names what is counted, the last row is the total where `has_total`."""

    title: str
    headers: list[str]
    rows: list[list[str]]
    has_total: bool


class ListDocument(TypedDict):
    """The whole document; every text is in `language` or, where there is none in it, in the other one. `dated` is an ISO date; `questions` are the
    codes of those whose answers are printed."""

    language: str
    dated: str
    hosts: list[str]
    title: str
    subtitle: str
    when_and_where: str
    heading: str
    edition: str
    attendance: list[str]
    legend: str
    questions: NotRequired[list[str]]
    sections: list[ListPart]
    departures_title: str
    departures: list[ListDeparture]
    figures_title: str
    figures: list[ListTable]


ListContent = dict[str, ListDocument]
"""The document in each language by its code."""
