"""`python -m tools.benchmark_desk [ROWS]`: what the desk's pages cost in statements and time. It prints figures and judges nothing.

On SQLite, and again on a PostgreSQL of its own, a meeting with a hundredth of the rows is measured first: that is the reference beside which
the figures of the whole stand. Each page is asked for once to warm up and then three times; the figure is the middle one.
"""

import io
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from tempfile import TemporaryDirectory
from typing import Any

from tools import ROOT
from tools.benchmark_export import fill
from tools.postgresql import running_postgresql

ROWS = 10_000
_AT_ONCE = 2_000
_NOW = datetime(2027, 1, 20, 10, tzinfo=UTC)


def main(rows: int) -> None:
    with TemporaryDirectory() as folder:
        _measured(f"sqlite:///{folder}/desk.sqlite3", rows)
    with running_postgresql() as database:
        _measured(database, rows)


def _measured(database: str, rows: int) -> None:
    print(f"{database.partition(':')[0]}\n{'page or operation':<44}{'statements':>11}{'':>8}{'milliseconds':>17}\n{'':<44}", end="")
    print("".join(f"{rows:>{width}}" for rows, width in ((rows // 100, 11), (rows, 8), (rows // 100, 9), (rows, 8))), flush=True)
    environment = {"DJANGO_SETTINGS_MODULE": "dialogo.settings", "DEBUG": "true", "DESK_SECOND_FACTOR": "false", "DATABASE_URL": database}
    subprocess.run([sys.executable, "-m", "tools.benchmark_desk", "measure", str(rows)], cwd=ROOT, env={**os.environ, **environment}, check=True)


# --- inside such a process ------------------------------------------------------------------------------------------------
def measure(rows: int) -> None:
    """Print a line for each page and operation, with a hundredth of the rows and with all."""
    few = max(rows // 100, 1)
    reference = _figures(few, before=0)
    for name, (statements, seconds) in _figures(rows - few, before=few).items():
        few_statements, few_seconds = reference[name]
        print(f"{name:<44}{few_statements:>11}{statements:>8}{1000 * few_seconds:>9.0f}{1000 * seconds:>8.0f}", flush=True)


def _figures(more: int, *, before: int) -> dict[str, tuple[int, float]]:
    from django.contrib.auth.models import User  # noqa: PLC0415  Django is set up only in these processes
    from django.test import Client  # noqa: PLC0415  as above

    fill(more)
    _fill_the_desk(before)
    user = User.objects.filter(is_superuser=True).first() or User.objects.create_superuser("eva")
    desk = Client(headers={"accept-language": "es"}, SERVER_NAME="127.0.0.1")
    desk.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    figures = {name: _page(desk, address) for name, address in _pages().items()}
    return figures | {name: _figure(call) for name, call in _operations(user)}


def _fill_the_desk(before: int) -> None:
    """A third of those who are new wait for a decision; each has a mail and two entries in the history."""
    from registrations.enums import MessageKind  # noqa: PLC0415  as above
    from registrations.models import HistoryEntry, OutboxMessage, Participant  # noqa: PLC0415  as above
    from registrations.outbox import message_to  # noqa: PLC0415  as above

    people = list(Participant.objects.select_related("meeting", "delegation").order_by("pk")[before:])
    pending = [person.pk for person in people if person.pk % 3 == 0]
    for begin in range(0, len(pending), _AT_ONCE):
        Participant.objects.filter(pk__in=pending[begin : begin + _AT_ONCE]).update(status="pending")
    for begin in range(0, len(people), _AT_ONCE):
        some = people[begin : begin + _AT_ONCE]
        OutboxMessage.objects.bulk_create(message_to(person, MessageKind.RECEIVED, key=f"{person.pk}:benchmark", now=_NOW) for person in some)
        whose = [{"meeting_id": person.meeting_id, "delegation_id": person.delegation_id, "participant": person, "at": _NOW} for person in some]
        HistoryEntry.objects.bulk_create(HistoryEntry(event=event, actor="eva", **each) for each in whose for event in ("register", "amend"))


def _pages() -> dict[str, str]:
    from registrations.models import Meeting, Participant  # noqa: PLC0415  as above

    meeting, person = Meeting.objects.get(), Participant.objects.filter(status="pending").latest("pk")
    kind, desk = person.delegation.type, "/admin/registrations"
    people = f"{desk}/participant/"
    return {
        "index": "/admin/",
        "participants": people,
        "participants, last page": f"{people}?p={-(-Participant.objects.count() // 100)}",
        "participants, searched": f"{people}?q=nunez+lucia",
        "participants, pending": f"{people}?status__exact=pending",
        "participants, by mails": f"{people}?mails=owed",
        "a participant": f"{people}{person.pk}/change/",
        "review queue": f"{people}review/?meeting={meeting.pk}",
        "review of one": f"{people}{person.pk}/review/",
        "delegations": f"{desk}/delegation/",
        "a delegation": f"{desk}/delegation/{person.delegation_id}/change/",
        "mails": f"{desk}/outboxmessage/",
        "history": f"{desk}/historyentry/",
        "history of the meeting": f"{desk}/historyentry/?meeting={meeting.pk}",
        "the meeting": f"{desk}/meeting/{meeting.pk}/change/",
        "texts in both languages": f"{desk}/meeting/{meeting.pk}/translations/",
        "list of participants": f"{desk}/meeting/{meeting.pk}/participants/",
        "silent missions": f"{desk}/delegationtype/{kind.pk}/expected/",
        "check-in": f"{people}check-in/?meeting={meeting.pk}",
    }


def _operations(user: Any) -> Iterator[tuple[str, Callable[[], object]]]:
    """What is done to everybody at once."""
    from registrations.details import Actor, LetterTexts, ListOptions  # noqa: PLC0415  as above
    from registrations.models import Meeting, Participant  # noqa: PLC0415  as above
    from registrations.operations.draft_letter import begin_letter, save_draft  # noqa: PLC0415  as above
    from registrations.operations.issue_list import issue_list  # noqa: PLC0415  as above
    from registrations.operations.send_letter import send_letter  # noqa: PLC0415  as above
    from registrations.queries.issued_lists import last_issued  # noqa: PLC0415  as above

    actor, meeting = Actor(label="eva", user_id=user.pk), Meeting.objects.get()
    texts = LetterTexts(subject_en="News", subject_es="Noticias", text_en="Dear colleague", text_es="Estimado colega", due_at=None)
    letter = begin_letter(list(Participant.objects.all()), actor=actor, now=_NOW)
    yield "begin a letter to everybody", lambda: begin_letter(list(Participant.objects.all()), actor=actor, now=_NOW)
    letter = save_draft(letter, texts=texts, seen=letter.version, actor=actor, now=_NOW + timedelta(seconds=1))
    yield "send it", lambda: send_letter(letter, seen=letter.version, actor=actor, now=_NOW + timedelta(seconds=2))
    last = last_issued(meeting)
    seen = last.pk if last else None
    yield "issue the list of participants", lambda: issue_list(meeting, options=ListOptions(), seen=seen, actor=actor, now=_NOW)


def _page(desk: Any, address: str) -> tuple[int, float]:
    def ask() -> None:
        answer = desk.get(address, follow=True)
        if answer.status_code != 200:
            raise RuntimeError(f"{address}: {answer.status_code}")

    ask()
    found = [_figure(ask) for _time in range(3)]
    return found[0][0], statistics.median(seconds for _statements, seconds in found)


def _figure(call: Callable[[], object]) -> tuple[int, float]:
    from django.db import connection  # noqa: PLC0415  as above
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415  as above

    began = time.perf_counter()
    with CaptureQueriesContext(connection) as statements:
        call()
    return len(statements), time.perf_counter() - began


if __name__ == "__main__":
    if sys.argv[1:2] == ["measure"]:
        import django

        django.setup()
        sys.stdout = io.TextIOWrapper(sys.stdout.buffer, line_buffering=True)
        measure(int(sys.argv[2]))
    else:
        main(int(sys.argv[1]) if sys.argv[1:] else ROWS)
