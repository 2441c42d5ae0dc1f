"""What a file is called within an archive, so that every system can unpack it."""

import re
import unicodedata
from collections.abc import Sequence

LONGEST_PART = 120
"""In characters, of what stands in front of the last part of a file's name: Windows takes 260 for the whole path."""
_NOT_ON_WINDOWS = re.compile(r'[<>:"/\\|?*]')
_DEVICES = re.compile(r"(?:CON|PRN|AUX|NUL|COM\d|LPT\d)(?:\..*)?", re.IGNORECASE)


def archive_name(folders: Sequence[str], name: Sequence[str], *, ending: str) -> str:
    """E.g. "PASSPORT/Peru - Muñoz Peña María - K7QD-2M9X.pdf"; the last part of the `name` is never cut.

    Without the characters, the dots and spaces at the end, and the names of devices that Windows does not take ("Naming Files, Paths,
    and Namespaces"), and without invisible marks.
    """
    *front, last = [plain for part in name if (plain := _plain(part))]
    beginning = " - ".join(front)[:LONGEST_PART].rstrip(" -")
    stem = " - ".join(filter(None, [beginning, last]))
    return "/".join([*map(_part, folders), _part(stem) + ending])


def _part(text: str) -> str:
    plain = _plain(text).strip(" .") or "_"
    return f"_{plain}" if _DEVICES.fullmatch(plain) else plain


def _plain(text: str) -> str:
    visible = "".join(c for c in " ".join(unicodedata.normalize("NFC", text).split()) if unicodedata.category(c)[0] != "C")
    return _NOT_ON_WINDOWS.sub("_", visible).strip()
