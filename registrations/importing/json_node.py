"""A value inside a JSON file that knows where it stands, so that a refusal can name the place."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from registrations.importing.files import FileError

_REQUIRED: Any = object()


@dataclass(frozen=True)
class Node:
    """An object of the file and its path, e.g. `sessions[0].items[2]`. A key that is null counts as absent.

    Every reader takes `default=`; without it an absent key is refused.
    """

    where: str
    value: dict[str, Any]

    @classmethod
    def parse(cls, text: str) -> "Node":
        try:
            value = json.loads(text)
        except json.JSONDecodeError as trouble:
            raise FileError(f"line {trouble.lineno}: this is not JSON ({trouble.msg}).") from trouble
        return cls("", _expect(value, dict, where="the file", what="an object"))

    def text(self, key: str, *, default: Any = _REQUIRED) -> Any:
        found = self._get(key, default=default)
        return found if found is default else _expect(found, str, where=self.place(key), what="a text").strip()

    def full_text(self, key: str) -> str:
        """A text that is neither absent nor blank."""
        found: str = self.text(key)
        if not found:
            raise FileError(f"{self.place(key)} is missing.")
        return found

    def texts(self, key: str) -> list[str]:
        return [_expect(value, str, where=self.place(key), what="a list of texts") for value in self._list(key, default=_REQUIRED)]

    def number(self, key: str, *, default: Any = _REQUIRED) -> Any:
        found = self._get(key, default=default)
        if found is default:
            return found
        if not isinstance(found, int) or isinstance(found, bool) or found < 0:
            raise FileError(f"{self.place(key)}: a whole number is expected here.")
        return found

    def flag(self, key: str, *, default: bool) -> bool:
        return bool(_expect(self._get(key, default=default), bool, where=self.place(key), what="true or false"))

    def choice(self, key: str, values: Iterable[str], *, default: Any = _REQUIRED) -> Any:
        found = self.text(key, default=default)
        allowed: Collection[str] = list(values)
        if found not in allowed:
            raise FileError(f"{self.place(key)}: “{found}” is none of {', '.join(allowed)}.")
        return found

    def child(self, key: str, *, default: Any = _REQUIRED) -> Any:
        found = self._get(key, default=default)
        return found if found is default else Node(self.place(key), _expect(found, dict, where=self.place(key), what="an object"))

    def children(self, key: str, *, default: Any = _REQUIRED) -> "list[Node]":
        places = [(f"{self.place(key)}[{index}]", value) for index, value in enumerate(self._list(key, default=default))]
        return [Node(place, _expect(value, dict, where=place, what="an object")) for place, value in places]

    def place(self, key: str) -> str:
        return f"{self.where}.{key}".lstrip(".")

    def _list(self, key: str, *, default: Any) -> list[Any]:
        return list(_expect(self._get(key, default=default), list, where=self.place(key), what="a list"))

    def _get(self, key: str, *, default: Any) -> Any:
        found = self.value.get(key)
        if found is not None:
            return found
        if default is _REQUIRED:
            raise FileError(f"{self.place(key)} is missing.")
        return default


def _expect(value: Any, kind: type, *, where: str, what: str) -> Any:
    if not isinstance(value, kind):
        raise FileError(f"{where}: {what} is expected here.")
    return value
