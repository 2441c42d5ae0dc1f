"""What no tracked file may hold: paths of somebody's machine, addresses of package registries, work put off.

Templates are held to `{% blocktranslate trimmed %}`: a formatter re-indents an untrimmed block and so changes its msgid.
"""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator

from tools import ROOT

FORBIDDEN = {
    "a path of one machine": re.compile(r"(?<![\w.])/(?:home|Users|root|work|opt)/[\w.]"),
    "a package registry's address": re.compile(
        r"(?:files\.pythonhosted|pypi|registry\.npmjs|registry\.yarnpkg)\.(?:org|com)\b|--(?:find-links|index-url|extra-index-url)\s"
    ),
    "work put off": re.compile(r"\b(?:TO[D]O|FIX[M]E)\b"),
}
UNTRIMMED = re.compile(r"{%\s*blocktrans(?:late)?\b(?![^%]*\btrimmed\b)")
NOT_OURS = ("static/vendor/", "tests/vendor/", "data/")


def main() -> None:
    if not shutil.which("git"):
        sys.exit("git is missing. Install it with: sudo apt-get install git")
    complaints = [f"{path}:{number}: {what}" for path, text in tracked_texts() for number, what in complaints_about(path, text)]
    if complaints:
        sys.exit("\n".join(complaints))


def tracked_texts() -> Iterator[tuple[str, str]]:
    """The path and text of every tracked file that is text and ours."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for path in filter(None, listed.split("\0")):
        file = ROOT / path
        if file.is_file() and not path.startswith(NOT_OURS) and b"\0" not in file.read_bytes()[:8000]:
            yield path, file.read_text(encoding="utf-8")


def complaints_about(path: str, text: str) -> Iterator[tuple[int, str]]:
    """The number of each line that may not be there, and what is wrong with it."""
    for number, line in enumerate(text.splitlines(), start=1):
        for what, pattern in FORBIDDEN.items():
            if pattern.search(line):
                yield number, what
        if path.startswith(("templates/", "registrations/")) and UNTRIMMED.search(line):
            yield number, "blocktranslate without trimmed"


if __name__ == "__main__":
    main()
