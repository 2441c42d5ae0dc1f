"""The little Markdown of a letter: paragraphs, line breaks, emphasis, lists and links; no HTML, no images, nothing that is fetched."""

import re
import textwrap
from collections.abc import Iterator, Sequence
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

_WIDTH = 76
_SCHEMES = re.compile(r"(?:https?://|mailto:)\S", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^\s<>\"“”]*[^\s<>\"“”.,;:!?)\]}'’]")
_EMPHASIS = re.compile(r"([_*])")
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")


def html_of(source: str) -> str:
    """The letter as HTML; whatever is not in the subset stands there as it was typed."""
    return str(_reader().render(_with_plain_addresses(source)))


def text_of(source: str) -> str:
    """The same words as plain text of at most 76 columns: the address of a link stands after its words."""
    text, was_tight = "", False
    for block, is_tight in _blocks(_reader().parse(_with_plain_addresses(source))):
        text += ("\n" if was_tight and is_tight else "\n\n") + block
        was_tight = is_tight
    return text.strip("\n")


def escape(value: str) -> str:
    """The value so that no character of it is markup; on one line."""
    return _PUNCTUATION.sub(r"\\\1", " ".join(value.split()))


@cache
def _reader() -> MarkdownIt:
    reader = MarkdownIt("zero", {"html": False, "breaks": True}).enable(["newline", "escape", "emphasis", "link", "list"])
    reader.validateLink = lambda url: bool(_SCHEMES.match(url))  # type: ignore[method-assign]
    reader.core.ruler.push("bare addresses", _link_bare_addresses)
    return reader


def _with_plain_addresses(source: str) -> str:
    """An underscore or asterisk in an address is no emphasis."""
    return _ADDRESS.sub(lambda address: _EMPHASIS.sub(r"\\\1", address[0]), source)


# --- addresses that were typed as they are ------------------------------------------------------------------------------
def _link_bare_addresses(state: StateCore) -> None:
    for token in state.tokens:
        if token.type == "inline":
            token.children = list(_with_links(token.children or []))


def _with_links(tokens: Sequence[Token]) -> Iterator[Token]:
    depth = 0
    for token in tokens:
        depth += {"link_open": 1, "link_close": -1}.get(token.type, 0)
        if token.type == "text" and not depth:
            yield from _linked(token.content)
        else:
            yield token


def _linked(text: str) -> Iterator[Token]:
    end = 0
    for found in _ADDRESS.finditer(text):
        yield _text(text[end : found.start()])
        yield Token("link_open", "a", 1, attrs={"href": found[0]})
        yield _text(found[0])
        yield Token("link_close", "a", -1)
        end = found.end()
    yield _text(text[end:])


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)


# --- as plain text ------------------------------------------------------------------------------------------------------
def _blocks(tokens: Sequence[Token]) -> Iterator[tuple[str, bool]]:
    """Paragraphs and list items, each wrapped, and whether it stands close to its neighbours in the list."""
    lists: list[int | None] = []
    bullet, is_tight = "", False
    for token in tokens:
        if token.type.endswith("_list_open"):
            lists.append(int(token.attrGet("start") or 1) if token.type == "ordered_list_open" else None)
        elif token.type.endswith("_list_close"):
            lists.pop()
        elif token.type == "list_item_open":
            number = lists.pop()
            bullet = "- " if number is None else f"{number}. "
            lists.append(None if number is None else number + 1)
        elif token.type == "paragraph_open":
            is_tight = token.hidden
        elif token.type == "inline":
            yield _wrapped("".join(_words(token.children or [])), depth=len(lists), bullet=bullet), is_tight
            bullet = ""


def _wrapped(text: str, *, depth: int, bullet: str) -> str:
    indent = "   " * max(depth - 1, 0)
    rest = indent + " " * (len(bullet) or (3 if depth else 0))
    lines = [
        textwrap.fill(line, _WIDTH, initial_indent=rest, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False)
        for line in text.splitlines()
    ]
    return (indent + bullet if bullet else rest) + "\n".join(lines)[len(rest) :]


def _words(tokens: Sequence[Token]) -> Iterator[str]:
    links: list[tuple[str, list[str]]] = []
    for token in tokens:
        if token.type == "link_open":
            links.append((str(token.attrGet("href") or ""), []))
            continue
        words = "\n" if token.type in {"softbreak", "hardbreak"} else token.content
        if token.type == "link_close":
            address, said = links.pop()
            words = _link("".join(said), address)
        if links:
            links[-1][1].append(words)
        else:
            yield words


def _link(words: str, address: str) -> str:
    plain = address.removeprefix("mailto:")
    return plain if words in {"", plain, address} else f"{words} ({plain})"
