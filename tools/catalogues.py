"""Whether the translations are complete, agree with the sources, and are compiled as they stand."""

import gettext
import io
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from tools import ROOT

Key = tuple[str | None, tuple[str, ...]]
SHOWN = 30
GETTEXT_MISSING = "gettext is missing. Install it with: sudo apt-get install gettext (macOS: brew install gettext)"


def main() -> None:
    if not shutil.which("xgettext"):
        sys.exit(GETTEXT_MISSING)
    if not catalogue_files():
        sys.exit("There is no catalogue in locale/. Make one with: make messages")
    complaints = [f"{file.relative_to(ROOT)}: {complaint}" for file in catalogue_files() for complaint in complaints_about(file)]
    complaints += [complaint for file in catalogue_files() for complaint in differences_from_sources(file)]
    if complaints:
        sys.exit("\n".join([*complaints[:SHOWN], f"{len(complaints)} complaints. Collect and compile the texts with: make messages"]))


def catalogue_files() -> list[Path]:
    """Every .po file of the project."""
    return sorted((ROOT / "locale").glob("*/LC_MESSAGES/*.po"))


def read(file: Path) -> Catalog:
    """The catalogue in a .po file, in the language of its folder."""
    with file.open("rb") as opened:
        return read_po(opened, locale=file.parts[-3], abort_invalid=True)


def complaints_about(file: Path) -> Iterator[str]:
    """One line for each text that is not translated, not certain, or translated with other placeholders; and one for a stale .mo."""
    catalogue = read(file)
    for message in catalogue:
        if message.id and not all(_translations(message.string)):
            yield f"not translated: {message.id!r}"
        if message.id and message.fuzzy:
            yield f"fuzzy: {message.id!r}"
        for error in message.check(catalogue):
            yield f"{error}: {message.id!r}"
    if not is_compiled(file):
        yield "the .mo beside it is missing or was compiled from another state of it"


def is_compiled(file: Path) -> bool:
    """Whether the .mo beside a .po says what the .po says. The machine needs no gettext for this."""
    compiled = file.with_suffix(".mo")
    return compiled.exists() and _texts(compiled.read_bytes()) == _texts(compiled_from(read(file)))


def differences_from_sources(file: Path) -> Iterator[str]:
    """One line for each text that the sources hold and the catalogue does not, or the other way round."""
    present, collected = _keys(read(file)), _keys(_collected(file))
    name = file.relative_to(ROOT)
    yield from (f"{name}: new in the sources: {key[1][0]!r}" for key in sorted(collected - present, key=str))
    yield from (f"{name}: no longer in the sources: {key[1][0]!r}" for key in sorted(present - collected, key=str))


def _translations(string: str | tuple[str, ...] | list[str] | None) -> list[str]:
    return list(string) if isinstance(string, tuple | list) else [string or ""]


def compiled_from(catalogue: Catalog) -> bytes:
    written = io.BytesIO()
    write_mo(written, catalogue)
    return written.getvalue()


def _texts(compiled: bytes) -> dict[object, str]:
    catalog: dict[object, str] = vars(gettext.GNUTranslations(io.BytesIO(compiled)))["_catalog"]
    return {msgid: text for msgid, text in catalog.items() if msgid and text}


def _keys(catalogue: Catalog) -> set[Key]:
    return {(message.context, tuple(_translations(message.id))) for message in catalogue if message.id}


def _collected(file: Path) -> Catalog:
    """What makemessages finds in the sources now, without touching them."""
    with tempfile.TemporaryDirectory() as folder:
        for source in ("registrations", "templates", "static"):
            if (ROOT / source).exists():
                shutil.copytree(ROOT / source, Path(folder, source), ignore=shutil.ignore_patterns("__pycache__", "vendor"))
        Path(folder, "locale").mkdir()
        language, domain = file.parts[-3], file.stem
        command = [sys.executable, "-m", "django", "makemessages", "--locale", language, "--domain", domain, "--verbosity", "0"]
        environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
        subprocess.run(command, cwd=folder, env=environment, check=True)
        return read(Path(folder, "locale", *file.parts[-3:]))


if __name__ == "__main__":
    main()
