"""`python -m tools.benchmark_desk [ROWS]`: what the desk's pages cost in statements and time. It prints figures and judges nothing.

On SQLite, and again on a PostgreSQL of its own, a meeting with a hundredth of the rows is measured first: that is the reference beside which
the figures of the whole stand. Each page is asked for once to warm up and then three times; the figure is the middle one.
"""

import os
import subprocess
import sys
from tempfile import TemporaryDirectory

from tools import ROOT
from tools.postgresql import running_postgresql

ROWS = 10_000
_IN_DJANGO = "import sys, django; django.setup(); from tools.desk_figures import measure; measure(int(sys.argv[1]))"


def main(rows: int) -> None:
    with TemporaryDirectory() as folder:
        _measured(f"sqlite:///{folder}/desk.sqlite3", rows)
    with running_postgresql() as database:
        _measured(database, rows)


def _measured(database: str, rows: int) -> None:
    few = max(rows // 100, 3)
    print(f"{database.partition(':')[0]}\n{'page or operation':<44}{'statements':>11}{'':>8}{'milliseconds':>17}\n{'':<44}", end="")
    print("".join(f"{number:>{width}}" for number, width in ((few, 11), (rows, 8), (few, 9), (rows, 8))), flush=True)
    environment = {"DJANGO_SETTINGS_MODULE": "dialogo.settings", "DEBUG": "true", "DESK_SECOND_FACTOR": "false", "DATABASE_URL": database}
    subprocess.run([sys.executable, "-c", _IN_DJANGO, str(rows)], cwd=ROOT, env={**os.environ, **environment}, check=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else ROWS)
