"""A sign-up form as it is being typed: shown again with nothing lost while participants are added and removed."""

import re
from typing import Any

from django.http import QueryDict

from registrations.forms.participant import TYPED, ParticipantForm
from registrations.forms.sign_up import MOST_PARTICIPANTS
from registrations.rules.questions import FIELD

PREFIX = "participants"
_FIELD = re.compile(rf"{PREFIX}-(\d{{1,3}})-")


def with_count(data: QueryDict) -> QueryDict:
    """The data with the number of participants it really holds, whatever its management form says or leaves out."""
    data = data.copy()
    typed = max((int(match[1]) + 1 for match in map(_FIELD.match, data) if match), default=1)
    announced = data.get(f"{PREFIX}-TOTAL_FORMS", "")
    count = int(announced) if announced.isascii() and announced.isdigit() and len(announced) < 4 else typed
    data[f"{PREFIX}-TOTAL_FORMS"] = str(max(count, 1))
    data[f"{PREFIX}-INITIAL_FORMS"] = "0"
    return data


def person_prefixes(data: QueryDict) -> list[str]:
    """What the names of each person's fields begin with, in order."""
    return [f"{PREFIX}-{index}-" for index in range(int(str(data[f"{PREFIX}-TOTAL_FORMS"])))]


def delegation_as_typed(data: QueryDict) -> dict[str, str]:
    """Initial values of the delegation's part."""
    return {name: value for name, value in data.items() if not name.startswith(PREFIX)}


def participants_as_typed(data: QueryDict) -> list[dict[str, Any]]:
    """Initial values of each participant, in order."""
    return [_as_typed(data, index) for index in range(int(data[f"{PREFIX}-TOTAL_FORMS"]))]


def changed_by(action: str, people: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The participants after "add" or "remove-2", of whom one always remains.

    After "language" those left blank correspond in the language of the new page; whoever was typed in stays as they are.
    """
    if action == "language":
        return [person if _anything_typed(person) else _without_language(person) for person in people]
    if action == "add" and len(people) < MOST_PARTICIPANTS:
        return [*people, {}]
    removed = re.fullmatch(r"remove-(\d{1,3})", action)
    if removed:
        return [person for index, person in enumerate(people) if index != int(removed[1])] or [{}]
    return people


def _anything_typed(person: dict[str, Any]) -> bool:
    return any(value.strip() for name, value in person.items() if name in TYPED or name.startswith(FIELD))


def _without_language(person: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in person.items() if name != "language"}


def _as_typed(data: QueryDict, index: int) -> dict[str, Any]:
    prefix = f"{PREFIX}-{index}-"
    answers = [name.removeprefix(prefix) for name in data if name.startswith(prefix + FIELD)]
    person: dict[str, Any] = {name: data.get(prefix + name, "") for name in (*ParticipantForm.base_fields, *answers)}
    return person | {"sessions": data.getlist(prefix + "sessions")}
