"""Worker processes that are killed, stopped, cut off and doubled, against a real SMTP server."""

import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.db.models import F
from django.utils import timezone

from registrations.enums import Arrival, Delivery, MessageKind
from registrations.models import OutboxMessage, Participant
from registrations.operations.record_arrival import record_arrival
from tests.mail_rows import a_coming_meeting, opened
from tests.make import a_participant, a_pending_participant
from tests.smtp import SmtpServer
from tools import ROOT

pytestmark = pytest.mark.django_db(transaction=True)
SECONDS = 40.0


@pytest.fixture
def environment(process_environment: dict[str, str], smtp_server: SmtpServer) -> dict[str, str]:
    return {**process_environment, "EMAIL_URL": smtp_server.url, "LOG_LEVEL": "INFO"}


@contextmanager
def a_worker(environment: dict[str, str], *options: str) -> Iterator["subprocess.Popen[str]"]:
    command = [sys.executable, "manage.py", "send_outbox", *options]
    worker = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True)
    try:
        yield worker
    finally:
        worker.kill()
        worker.communicate()


def send_once(environment: dict[str, str]) -> str:
    """Run `send_outbox --once` to its end; its log."""
    command = [sys.executable, "manage.py", "send_outbox", "--once"]
    return subprocess.run(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True, check=True, timeout=SECONDS).stderr


def wait_until(is_true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + SECONDS
    while not is_true():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)


def wait_until_idle(worker: "subprocess.Popen[str]") -> None:
    assert worker.stderr is not None
    assert worker.stderr.readline().endswith("waiting for mail to send\n")


def statuses() -> Counter[str]:
    return Counter(OutboxMessage.objects.values_list("status", flat=True))


def a_waiting_participant() -> Participant:
    now = timezone.now()
    return a_pending_participant(a_coming_meeting(now=now), now=now)


def messages_owed(number: int) -> None:
    """That many notices, each to a mailbox of its own."""
    participant, now = a_waiting_participant(), timezone.now()
    OutboxMessage.objects.all().delete()
    OutboxMessage.objects.bulk_create(
        OutboxMessage(
            meeting=participant.meeting,
            kind=MessageKind.RECEIVED,
            participant=participant,
            recipient_name=f"Person {count}",
            recipient_email=f"person{count}@example.org",
            language="en",
            unique_key=str(uuid4()),
            due_at=now,
            created_at=now,
        )
        for count in range(number)
    )


def test_a_worker_killed_while_it_talks_to_the_server_loses_nothing(environment: dict[str, str], smtp_server: SmtpServer) -> None:
    participant = a_waiting_participant()
    smtp_server.hold()
    with a_worker(environment) as worker:
        smtp_server.wait_for_a_sender()
        worker.send_signal(signal.SIGKILL)
        worker.wait(SECONDS)
    smtp_server.release()
    assert statuses() == {"sending": 1}

    send_once(environment)
    assert (statuses(), smtp_server.received) == ({"sending": 1}, [])

    the_lease_runs_out(environment)
    a_quarter_of_an_hour_later()
    send_once(environment)

    assert [mail.recipients for mail in smtp_server.received] == [(participant.email,)]
    assert statuses() == {"sent": 1}


def killed_after_the_server_took_a_mail(environment: dict[str, str], smtp_server: SmtpServer) -> None:
    """A worker dies while it waits for the answer, and its lease runs out."""
    smtp_server.hold_content()
    with a_worker(environment) as worker:
        smtp_server.wait_for_a_sender()
        worker.send_signal(signal.SIGKILL)
        worker.wait(SECONDS)
    smtp_server.release()
    the_lease_runs_out(environment)


def the_lease_runs_out(environment: dict[str, str]) -> None:
    OutboxMessage.objects.filter(status=Delivery.SENDING).update(claimed_until=timezone.now() - timedelta(seconds=1))
    send_once(environment)
    assert statuses() == {"uncertain": 1}


def a_quarter_of_an_hour_later() -> None:
    OutboxMessage.objects.filter(status=Delivery.UNCERTAIN).update(due_at=F("due_at") - timedelta(minutes=16))


def test_a_worker_killed_after_the_server_took_the_mail_is_followed_by_one_repeat(environment: dict[str, str], smtp_server: SmtpServer) -> None:
    now = timezone.now()
    a_participant(a_coming_meeting(now=now), now=now, sessions=frozenset({1}))
    killed_after_the_server_took_a_mail(environment, smtp_server)
    assert len(smtp_server.received) == 1

    a_quarter_of_an_hour_later()
    with a_worker(environment), a_worker(environment):
        wait_until(lambda: statuses() == {"sent": 1})

    first, second = (opened(mail.content) for mail in smtp_server.received)
    assert first["Message-ID"] == second["Message-ID"]
    assert first.get_payload()[-1].get_payload(decode=True) == second.get_payload()[-1].get_payload(decode=True)


def test_a_second_kill_is_followed_by_nothing(environment: dict[str, str], smtp_server: SmtpServer) -> None:
    a_waiting_participant()
    killed_after_the_server_took_a_mail(environment, smtp_server)
    a_quarter_of_an_hour_later()
    killed_after_the_server_took_a_mail(environment, smtp_server)

    a_quarter_of_an_hour_later()
    send_once(environment)

    assert statuses() == {"uncertain": 1}
    assert len(smtp_server.received) == 2


def test_news_within_the_quarter_of_an_hour_save_the_repeat(environment: dict[str, str], smtp_server: SmtpServer) -> None:
    a_waiting_participant()
    killed_after_the_server_took_a_mail(environment, smtp_server)

    now = timezone.now()
    record_arrival(OutboxMessage.objects.get(), arrival=Arrival.DELIVERED, key="event", at=now, now=now)
    a_quarter_of_an_hour_later()
    send_once(environment)

    assert statuses() == {"sent": 1}
    assert len(smtp_server.received) == 1


def test_an_invitation_sent_after_a_kill_is_the_revision_made_before_it(environment: dict[str, str], smtp_server: SmtpServer) -> None:
    now = timezone.now()
    a_participant(a_coming_meeting(now=now), now=now, sessions=frozenset({1}))
    smtp_server.hold()
    with a_worker(environment) as worker:
        smtp_server.wait_for_a_sender()
        worker.send_signal(signal.SIGKILL)
    smtp_server.release()
    before = OutboxMessage.objects.get().revision
    the_lease_runs_out(environment)
    a_quarter_of_an_hour_later()

    send_once(environment)

    assert before is not None
    assert OutboxMessage.objects.get().revision == before
    assert opened(smtp_server.received[0].content).get_payload()[-1].get_payload(decode=True) == bytes(before.ics)


def test_a_server_that_comes_back_gets_everything(environment: dict[str, str], smtp_server: SmtpServer) -> None:
    messages_owed(5)
    smtp_server.stop()
    with a_worker(environment):
        wait_until(lambda: OutboxMessage.objects.exclude(outcome="").exists())
        wait_until(lambda: statuses() == {"queued": 5})
        smtp_server.start()
        wait_until(lambda: len(smtp_server.received) == 5)
        wait_until(lambda: statuses() == {"sent": 5})


def test_a_worker_told_to_stop_finishes_the_mail_in_hand(environment: dict[str, str], smtp_server: SmtpServer) -> None:
    messages_owed(3)
    smtp_server.hold()
    with a_worker(environment) as worker:
        smtp_server.wait_for_a_sender()
        worker.terminate()
        smtp_server.release()
        assert worker.wait(SECONDS) == 0

    assert statuses() == {"sent": 1, "queued": 2}
    assert len(smtp_server.received) == 1


def test_an_idle_worker_stops_at_once(environment: dict[str, str]) -> None:
    with a_worker(environment) as worker:
        wait_until_idle(worker)
        told = time.monotonic()
        worker.send_signal(signal.SIGINT)
        assert worker.wait(SECONDS) == 0
    assert time.monotonic() - told < 5


def test_two_workers_send_200_mails_once_each(environment: dict[str, str], smtp_server: SmtpServer) -> None:
    messages_owed(200)

    with a_worker(environment), a_worker(environment):
        wait_until(lambda: statuses() == {"sent": 200})

    assert Counter(mail.recipients for mail in smtp_server.received) == {(f"person{count}@example.org",): 1 for count in range(200)}
    assert len({opened(mail.content)["Message-ID"] for mail in smtp_server.received}) == 200


def test_what_comes_in_while_a_worker_idles_leaves_soon(environment: dict[str, str], smtp_server: SmtpServer) -> None:
    with a_worker(environment) as worker:
        wait_until_idle(worker)
        participant = a_waiting_participant()
        wait_until(lambda: [mail.recipients for mail in smtp_server.received] == [(participant.email,)])


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="an SQLite file has no server that could go away")
def test_a_database_that_drops_its_connections_is_found_again(environment: dict[str, str], smtp_server: SmtpServer) -> None:
    with a_worker(environment):
        messages_owed(1)
        wait_until(lambda: statuses() == {"sent": 1})
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()")
        OutboxMessage.objects.update(status=Delivery.QUEUED)
        wait_until(lambda: len(smtp_server.received) == 2)
