"""What stands between braces in a letter and is filled in for each recipient: a closed list."""

import re
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import Any


class Placeholder(StrEnum):
    """The name between the braces, the same in both languages. The way into the meeting room is none of them."""

    NAME = "name"
    NAME_WITH_TITLE = "name_with_title"
    DELEGATION = "delegation"
    REFERENCE = "reference"
    PERSONAL_PAGE = "personal_page"
    MEETING = "meeting"
    DATES = "dates"

    @property
    def written(self) -> str:
        """As it is typed: `{name}`."""
        return f"{{{self.value}}}"


Values = Mapping[Any, str]
_IN_BRACES = re.compile(r"\{([^{}\n]*)\}")


def unknown_placeholders(texts: Iterable[str], *, known: Iterable[str] = tuple(Placeholder)) -> list[str]:
    """Whatever stands in braces and is not known, as typed, each once in the order of the texts."""
    found = (name for text in texts for name in _IN_BRACES.findall(text))
    return [f"{{{name}}}" for name in dict.fromkeys(found) if name not in set(known)]


def fill(text: str, values: Values, *, escape: Callable[[str], str] = str) -> str:
    """The text with every placeholder that has a value replaced by it; `escape` makes values harmless in the text's markup."""

    def value(match: re.Match[str]) -> str:
        name = match[1]
        return escape(values[name]) if name in values else match[0]

    return _IN_BRACES.sub(value, text)
