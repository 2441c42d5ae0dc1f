"""Text that survives iCalendar and its readers (RFC 5545 3.3.11; what bites is listed in the tests)."""

import unicodedata

_LINE_BREAKS = str.maketrans({"\u2028": "\n", "\u2029": "\n", "\r": "\n", "\x85": "\n", "\t": " ", "\\": "/"})
_SEPARATORS = str.maketrans({",": " ", ";": " "})


def cleaned(text: str) -> str:
    """The text with plain line breaks, no control characters, and "/" for the backslash that readers take for an escape."""
    lines = text.replace("\r\n", "\n").translate(_LINE_BREAKS)
    return "".join(c for c in lines if c == "\n" or unicodedata.category(c) != "Cc").strip()


def cleaned_line(text: str) -> str:
    """The same on one line."""
    return " ".join(cleaned(text).split())


def cleaned_name(text: str) -> str:
    """A name for a CN parameter: a double quote or a caret can only be escaped there, and RFC 6868's escapes are printed literally."""
    return cleaned_line(text).replace('"', "'").replace("^", "ˆ")


def cleaned_feed_name(text: str) -> str:
    """A name for X-WR-CALNAME and X-WR-CALDESC, whose separators nobody escapes."""
    return cleaned_line(cleaned_line(text).translate(_SEPARATORS))
