"""Collected static files, made again only when a source has changed."""

import fcntl
import hashlib
import os
from pathlib import Path

from tools import ROOT

SOURCES = ["static", "registrations/static", "requirements.txt"]


def collect_if_changed(destination: Path) -> None:
    """Runs collectstatic into `destination` unless its files are those of the present sources.

    Django has to be set up with a manifest storage and STATIC_ROOT = `destination`. Several processes may call it at
    the same time: one collects, the others wait.
    """
    destination.parent.mkdir(parents=True, exist_ok=True)
    stamp = destination.with_name(f"{destination.name}.stamp")
    with stamp.open("a+") as opened:
        fcntl.flock(opened, fcntl.LOCK_EX)
        present = fingerprint()
        if stamp.read_text() != present or not (destination / "staticfiles.json").exists():
            _collect()
            stamp.write_text(present)


def fingerprint(root: Path = ROOT) -> str:
    """A digest of the names, sizes and times of every static file, and of the lock file that brings the admin's."""
    files = [path for source in SOURCES for path in _files(root / source)]
    listed = [f"{path.relative_to(root)} {path.stat().st_size} {path.stat().st_mtime_ns}" for path in sorted(files)]
    return hashlib.sha256(os.fsencode("\n".join(listed))).hexdigest()


def _files(source: Path) -> list[Path]:
    return [source] if source.is_file() else [path for path in source.rglob("*") if path.is_file()]


def _collect() -> None:
    from django.core.management import call_command  # noqa: PLC0415  Django is set up by the caller

    call_command("collectstatic", interactive=False, verbosity=0)
