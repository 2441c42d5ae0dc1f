"""`python -m tools.benchmark_export [ROWS]`: what an export costs in memory, statements and time. It prints figures and judges nothing.

Each line is measured in a process of its own on one SQLite database made for the purpose: every kind of file once as the desk sends
it, and once from all rows read into memory first, which is the reference.
"""

import io
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from tempfile import TemporaryDirectory
from typing import Any

from tools import ROOT

ROWS = 100_000
_AT_ONCE, _PER_DELEGATION = 5_000, 20
_NOW = datetime(2027, 1, 20, 10, tzinfo=UTC)
_GIVEN_NAMES = (
    *("María José", "Ana", "Lucía", "Carmen", "Inés", "Rosa María", "Elena", "Sofía", "Julia", "Marta", "Pilar", "Teresa", "Irene"),
    *("Alicia", "Beatriz", "Nuria", "Olga", "Paula", "Quena"),
)
_FAMILY_NAMES = (
    *("Núñez", "Quispe", "Huamán", "García", "Peña", "Ruiz", "Mamani", "Flores", "Rojas", "Vargas", "Castro", "Ortiz", "Silva", "Torres"),
    *("Ramos", "Cruz", "Vega"),
)
_WAYS = ("streamed", "reference")


def main(rows: int) -> None:
    with TemporaryDirectory() as folder:
        environment = {"DJANGO_SETTINGS_MODULE": "dialogo.settings", "DEBUG": "true", "DATABASE_URL": f"sqlite:///{folder}/export.sqlite3"}
        few = max(rows // 10, 1)
        _in_a_process(environment, "fill", str(few))
        print(f"{'file':<6}{'rows':>9}  {'way':<10}{'peak MB':>9}{'statements':>12}{'seconds':>9}{'file MB':>9}")
        _measure_all(environment, few)
        _in_a_process(environment, "fill", str(rows - few))
        _measure_all(environment, rows)


def _measure_all(environment: dict[str, str], rows: int) -> None:
    for kind in ("csv", "json", "xlsx"):
        for way in _WAYS:
            found = json.loads(_in_a_process(environment, "measure", kind, way))
            print(
                f"{kind:<6}{rows:>9}  {way:<10}{found['peak']:>9.1f}{found['statements']:>12}{found['seconds']:>9.1f}{found['size']:>9.1f}",
                flush=True,
            )


def _in_a_process(environment: dict[str, str], *arguments: str) -> str:
    command = [sys.executable, "-m", "tools.benchmark_export", *arguments]
    return subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}, stdout=subprocess.PIPE, text=True, check=True).stdout


# --- inside such a process ------------------------------------------------------------------------------------------------
def fill(rows: int) -> None:
    """So many participants more, of one meeting with two sessions, written straight into the tables."""
    from django.core.management import call_command  # noqa: PLC0415  Django is set up only in these processes

    from registrations.models import Meeting  # noqa: PLC0415  as above

    call_command("migrate", verbosity=0)
    if not Meeting.objects.exists():
        call_command("load_entities", stdout=io.StringIO())
        call_command("load_meeting", str(ROOT / "data" / "regional-dialogue-2021.json"), stdout=io.StringIO())
    for begin in range(0, rows, _AT_ONCE):
        _fill_some(begin, min(rows, begin + _AT_ONCE))


def _fill_some(begin: int, end: int) -> None:
    from registrations.models import Delegation, Meeting, Participant  # noqa: PLC0415  as above

    meeting = Meeting.objects.get()
    kind, sessions = meeting.delegation_types.get(code="organization"), list(meeting.sessions.all())
    before = Delegation.objects.count()
    names = [f"Organización {before + index}" for index in range(-(-(end - begin) // _PER_DELEGATION))]
    focal_point = {"focal_point_name": "Ana Núñez", "focal_point_email": "ana@example.org", "focal_point_language": "es"}
    delegations = Delegation.objects.bulk_create(Delegation(type=kind, organization_name=name, created_at=_NOW, **focal_point) for name in names)
    people = Participant.objects.bulk_create(
        Participant(meeting=meeting, delegation=delegations[index // _PER_DELEGATION], **_somebody(begin + index)) for index in range(end - begin)
    )
    attends = Participant.sessions.through
    attends.objects.bulk_create(attends(participant=person, session=session) for person in people for session in sessions)


def _somebody(number: int) -> dict[str, Any]:
    family = f"{_FAMILY_NAMES[number % 17]} {_FAMILY_NAMES[number // 17 % 17]}"
    names = {"honorific": "Sra.", "given_names": _GIVEN_NAMES[number % 19], "family_names": family, "position": "Consejera de la organización"}
    contact = {"email": f"person{number}@example.org", "phone": "+41 22 700 00 00", "language": "es"}
    return {**names, **contact, "role": "representative", "status": "confirmed", "source": "public form", "consented_at": _NOW, "created_at": _NOW}


def measure(kind: str, way: str) -> None:
    """Print peak memory, statements, seconds and size of one export; the peak is the whole process's, Django included."""
    from django.db import connection  # noqa: PLC0415  as above
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415  as above

    began = time.perf_counter()
    with CaptureQueriesContext(connection) as statements:
        size = _streamed(kind) if way == "streamed" else _all_at_once(kind)
    seconds, peak = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"peak": peak, "statements": len(statements), "seconds": seconds, "size": size / 1e6}))


def _streamed(kind: str) -> int:
    from registrations.exports.downloads import download  # noqa: PLC0415  as above
    from registrations.models import Participant  # noqa: PLC0415  as above

    answer: Any = download(Participant.objects.all(), kind=kind, language="es", now=_NOW)
    return sum(len(block) for block in answer.streaming_content)


def _all_at_once(kind: str) -> int:
    from registrations.exports.comma_separated import csv_lines  # noqa: PLC0415  as above
    from registrations.exports.json_array import json_lines  # noqa: PLC0415  as above
    from registrations.exports.participant_table import Table, participant_table  # noqa: PLC0415  as above
    from registrations.exports.spreadsheet import xlsx  # noqa: PLC0415  as above
    from registrations.models import Participant  # noqa: PLC0415  as above

    class InMemory(Table):
        def rows(self) -> Iterator[list[Any]]:
            people = list(self.participants)
            return iter([[column.cell(person) for column in self.columns] for person in people])

    table = participant_table(Participant.objects.all(), language="es")
    in_memory = InMemory(table.columns, table.participants, table.meeting)
    if kind == "xlsx":
        return len(xlsx(in_memory, title="Participantes").read())
    return len("".join({"csv": csv_lines, "json": json_lines}[kind](in_memory)).encode())


if __name__ == "__main__":
    if sys.argv[1:2] in (["fill"], ["measure"]):
        import django

        django.setup()
        if sys.argv[1] == "fill":
            fill(int(sys.argv[2]))
        else:
            measure(*sys.argv[2:])
    else:
        main(int(sys.argv[1]) if sys.argv[1:] else ROWS)
