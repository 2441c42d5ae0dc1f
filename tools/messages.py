"""`make messages`: collects the texts to translate into locale/ and compiles what is translated.

The catalogues are quiet: no line numbers, no wrapping, no date, so that a commit shows only the texts that changed.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path

from tools import ROOT
from tools.catalogues import GETTEXT_MISSING, catalogue_files

DJANGO = [sys.executable, "-m", "django"]
QUIET = ["--no-location", "--no-wrap", "--no-obsolete", "--verbosity", "0"]
DATES = re.compile(r'^"(?:POT-Creation-Date|PO-Revision-Date): .*\n', re.MULTILINE)


def main() -> None:
    if not shutil.which("xgettext"):
        sys.exit(GETTEXT_MISSING)
    (ROOT / "locale").mkdir(exist_ok=True)
    domains = sorted({file.stem for file in catalogue_files()} | {"django"})
    for domain in domains:
        _run("makemessages", "--all" if catalogue_files() else "--locale=es", "--domain", domain, *QUIET, *_ignored())
    for file in catalogue_files():
        without_dates(file)
    _run("compilemessages", "--verbosity", "0", *_ignored())


def without_dates(file: Path) -> None:
    """Takes the dates out of a catalogue's header."""
    file.write_text(DATES.sub("", file.read_text(encoding="utf-8")), encoding="utf-8")


def _ignored() -> list[str]:
    return [f"--ignore={folder}" for folder in (".venv", "var", "static/vendor", "tests", "tools")]


def _run(*arguments: str) -> None:
    result = subprocess.run([*DJANGO, *arguments], cwd=ROOT, check=False)
    if result.returncode:
        sys.exit(result.returncode)


if __name__ == "__main__":
    main()
