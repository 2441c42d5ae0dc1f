"""References as they are read out, typed or scanned."""

import re

_REFERENCE = re.compile(r"(?<![0-9A-Z])([2-9A-HJ-NP-Z]{4})[-_' ]?([2-9A-HJ-NP-Z]{4})(?![0-9A-Z])")


def reference_in(text: str) -> str:
    """The last reference in the text, which may be the address of a badge's QR code, e.g. "K7QD-2M9X"; "" where there is none.

    Scanners that take the keyboard for another one write "'" or "_" for "-".
    """
    found = _REFERENCE.findall(text.upper())
    return "-".join(found[-1]) if found else ""
