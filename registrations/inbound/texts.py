"""Text of strangers, made fit to be kept and shown."""

import re
import unicodedata
from collections.abc import Iterator
from html import unescape

_LINE_BREAKS = str.maketrans({"\r": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n", "\t": " "})
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*|!)[^<>]*>", re.IGNORECASE)
_UNSEEN = {"script", "style", "head", "title", "template"}
_BLOCKS = {"p", "div", "br", "tr", "li", "h1", "h2", "h3", "blockquote", "table"}


def plain_text(text: str, *, limit: int) -> str:
    """The text without control characters and broken code points, which no database takes, cut at `limit` characters."""
    lines = text[: 4 * limit].replace("\r\n", "\n").translate(_LINE_BREAKS)
    return "".join(c for c in lines if c == "\n" or unicodedata.category(c) not in {"Cc", "Cs", "Cn"}).strip()[:limit].rstrip()


def plain_line(text: str, *, limit: int) -> str:
    """The same on one line."""
    return " ".join(plain_text(text, limit=limit).split())


def text_of_html(html: str) -> str:
    """What a person reads in it. Linear in its length, which the standard library's reader is not for nonsense."""
    pieces = html.split("<!--")
    bare = pieces[0] + " ".join(piece.partition("-->")[2] for piece in pieces[1:])
    lines = (" ".join(line.split()) for line in unescape("".join(_seen(bare))).splitlines())
    return "\n".join(line for line in lines if line)


def decoded(content: bytes) -> str:
    """UTF-8, with or without a byte order mark; whatever is not UTF-8 is read as the Latin alphabet that old programs write."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def _seen(html: str) -> Iterator[str]:
    """The text between the tags, with a line break at each block, but for what stands in a part that is never shown."""
    hidden, end = 0, 0
    for tag in _TAG.finditer(html):
        if not hidden:
            yield html[end : tag.start()]
        name, end = tag[2].lower(), tag.end()
        if name in _UNSEEN:
            hidden = max(hidden + (-1 if tag[1] else 1), 0)
        if name in _BLOCKS:
            yield "\n"
    yield "" if hidden else html[end:]
