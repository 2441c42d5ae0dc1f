"""The figures of tools.benchmark_desk, inside a process in which Django is set up."""

import statistics
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from registrations.details import Actor, LetterTexts, ListOptions
from registrations.enums import MessageKind
from registrations.models import HistoryEntry, Meeting, OutboxMessage, Participant
from registrations.operations.draft_letter import begin_letter, save_draft
from registrations.operations.issue_list import issue_list
from registrations.operations.send_letter import send_letter
from registrations.outbox import message_to
from registrations.queries.issued_lists import last_issued
from tools.benchmark_export import fill

_AT_ONCE = 2_000
_NOW = datetime(2027, 1, 20, 10, tzinfo=UTC)


def measure(rows: int) -> None:
    """Print a line for each page and operation, with a hundredth of the rows and with all."""
    few = max(rows // 100, 3)  # of whom one waits for a decision
    reference = _figures(few, before=0)
    for name, (statements, seconds) in _figures(rows - few, before=few).items():
        few_statements, few_seconds = reference[name]
        print(f"{name:<44}{few_statements:>11}{statements:>8}{1000 * few_seconds:>9.0f}{1000 * seconds:>8.0f}", flush=True)


def _figures(more: int, *, before: int) -> dict[str, tuple[int, float]]:
    fill(more)
    _fill_the_desk(before)
    user = User.objects.filter(is_superuser=True).first() or User.objects.create_superuser("eva")
    desk = Client(headers={"accept-language": "es"}, SERVER_NAME="127.0.0.1")
    desk.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    figures = {name: _page(desk, address) for name, address in _pages().items()}
    return figures | {name: _figure(call) for name, call in _operations(user)}


def _fill_the_desk(before: int) -> None:
    """A third of those who are new wait for a decision; each has a mail and two entries in the history."""
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
    began = time.perf_counter()
    with CaptureQueriesContext(connection) as statements:
        call()
    return len(statements), time.perf_counter() - began
