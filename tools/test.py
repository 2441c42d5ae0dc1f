"""`make test`: the whole suite on SQLite, browser included, and again on a real PostgreSQL."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from tools import ROOT, chromium
from tools.postgresql import running_postgresql

NOTHING_SELECTED = 5
IN_PARALLEL = ["-n", "auto", "--dist", "worksteal"]


def main(arguments: list[str]) -> None:
    os.environ["CHROMIUM"] = chromium.ensure()
    print("Testing on SQLite ...", flush=True)
    on_sqlite = pytest(arguments, database=None)
    print("Testing on PostgreSQL ...", flush=True)
    with postgresql() as database:
        on_postgresql = pytest(["-m", "not browser", *arguments], database=database)
    sys.exit(on_sqlite or (0 if on_postgresql == NOTHING_SELECTED else on_postgresql))


@contextmanager
def postgresql() -> Iterator[str]:
    """The address of a PostgreSQL: the caller's own if DATABASE_URL is set, a temporary one if not."""
    if "DATABASE_URL" in os.environ:
        yield os.environ["DATABASE_URL"]
    else:
        with running_postgresql() as database:
            yield database


def pytest(arguments: list[str], *, database: str | None) -> int:
    """The exit code of one run of the suite; without `database` it runs on SQLite."""
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    if database:
        environment["DATABASE_URL"] = database
    return subprocess.run([sys.executable, "-m", "pytest", *IN_PARALLEL, *arguments], cwd=ROOT, env=environment, check=False).returncode


if __name__ == "__main__":
    main(sys.argv[1:])
