"""Claiming, sending and writing down, in one process against a real SMTP server."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.core.management import call_command
from django.db import OperationalError
from pytest_django import Settings

from registrations import delivery
from registrations.delivery import LEASE, claim, deliver_batch
from registrations.enums import Delivery, MessageKind
from registrations.models import OutboxMessage, Participant
from registrations.operations.withdraw import withdraw
from tests.mail_rows import opened
from tests.make import NOW, ORGANIZER, a_meeting, a_participant, a_pending_participant
from tests.smtp import SmtpServer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(NOW + timedelta(minutes=1), tick=True) as traveller:
        yield traveller


def send_once() -> None:
    call_command("send_outbox", once=True)


def never() -> bool:
    return False


def statuses() -> list[str]:
    return list(OutboxMessage.objects.order_by("created_at", "session__number").values_list("status", flat=True))


def test_what_is_owed_is_sent_once_and_noted(mail_over_smtp: SmtpServer) -> None:
    participant = a_participant(a_meeting())

    send_once()
    send_once()

    assert [mail.recipients for mail in mail_over_smtp.received] == [(participant.email,)] * 2
    assert {(message.status, message.attempts, message.outcome, message.claimed_until) for message in OutboxMessage.objects.all()} == {
        ("sent", 1, "", None)
    }
    assert all(message.sent_at > NOW for message in OutboxMessage.objects.all())


def test_the_calendar_arrives_over_the_wire_with_its_octets(mail_over_smtp: SmtpServer) -> None:
    a_participant(a_meeting(), sessions=frozenset({1}))
    send_once()

    ics = bytes(OutboxMessage.objects.get().revision.ics)
    parts = [part for part in opened(mail_over_smtp.received[0].content).walk() if part.get_content_type() in {"text/calendar", "application/ics"}]
    assert [part.get_payload(decode=True) for part in parts] == [ics, ics]


def test_what_is_not_due_yet_waits(mail_over_smtp: SmtpServer, clock: Any) -> None:
    a_pending_participant(a_meeting())
    OutboxMessage.objects.update(due_at=NOW + timedelta(hours=1))

    send_once()
    assert statuses() == ["queued"]

    clock.shift(timedelta(hours=1))
    send_once()
    assert statuses() == ["sent"]


def test_what_is_no_longer_needed_is_not_sent(mail_over_smtp: SmtpServer) -> None:
    participant = a_participant(a_meeting())
    withdraw(participant, actor=ORGANIZER, now=NOW + timedelta(seconds=1))

    send_once()

    assert set(statuses()) == {"superseded"}
    assert mail_over_smtp.received == []


def test_a_temporary_refusal_is_tried_again_later(mail_over_smtp: SmtpServer, clock: Any) -> None:
    participant = a_pending_participant(a_meeting())
    mail_over_smtp.answer(participant.email, f"451 4.7.1 <{participant.email}> greylisted")

    send_once()

    message = OutboxMessage.objects.get()
    assert (message.status, message.attempts, message.outcome) == ("queued", 1, "451 4.7.1 <…> greylisted")
    assert timedelta(minutes=1) <= message.due_at - NOW - timedelta(minutes=1) < timedelta(minutes=2)

    mail_over_smtp.accept_everything()
    send_once()
    assert statuses() == ["queued"]
    clock.shift(timedelta(minutes=2))
    send_once()
    assert statuses() == ["sent"]


def test_a_temporary_refusal_fails_only_after_three_days(mail_over_smtp: SmtpServer, clock: Any) -> None:
    participant = a_pending_participant(a_meeting())
    mail_over_smtp.answer(participant.email, "450 4.2.0 busy")

    while statuses() == ["queued"]:
        clock.move_to(OutboxMessage.objects.get().due_at + timedelta(seconds=1))
        send_once()

    message = OutboxMessage.objects.get()
    assert message.status == Delivery.FAILED
    assert OutboxMessage.objects.get().attempts > 20
    assert timedelta(days=3) <= _now() - NOW < timedelta(days=5)


def _now() -> datetime:
    return delivery.timezone.now()


@pytest.mark.parametrize("where", ["recipient", "content"])
def test_a_final_refusal_fails_at_once_and_the_others_still_leave(mail_over_smtp: SmtpServer, where: str) -> None:
    meeting = a_meeting()
    refused = a_pending_participant(meeting)
    if where == "recipient":
        accepted = a_pending_participant(meeting)
        mail_over_smtp.answer(refused.email, "550 5.1.1 No such user")
        send_once()
        assert {message.mailbox: message.status for message in OutboxMessage.objects.all()} == {refused.mailbox: "failed", accepted.mailbox: "sent"}
    else:
        mail_over_smtp.answer_content("552 5.3.4 Too big")
        send_once()
    assert (
        OutboxMessage.objects.get(mailbox=refused.mailbox).outcome == {"recipient": "550 5.1.1 No such user", "content": "552 5.3.4 Too big"}[where]
    )


def test_a_dead_server_fails_nothing_and_everything_leaves_when_it_is_back(mail_over_smtp: SmtpServer) -> None:
    meeting = a_meeting()
    for _person in range(3):
        a_pending_participant(meeting)
    mail_over_smtp.stop()

    send_once()

    assert {(message.status, message.attempts, message.claimed_until) for message in OutboxMessage.objects.all()} == {("queued", 0, None)}
    mail_over_smtp.start()
    send_once()
    assert statuses() == ["sent"] * 3
    assert len(mail_over_smtp.received) == 3


def test_wrong_credentials_fail_nothing(mail_over_smtp: SmtpServer, settings: Settings) -> None:
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "desk", "wrong"
    a_pending_participant(a_meeting())

    send_once()

    message = OutboxMessage.objects.get()
    assert (message.status, message.attempts) == ("queued", 0)
    assert message.outcome


class _Faulty(BaseEmailBackend):
    """Fails on the first mail as told, accepts the others."""

    error: Exception
    seen: list[EmailMessage]

    def send_messages(self, email_messages: list[EmailMessage]) -> int:
        self.seen.extend(email_messages)
        if len(self.seen) == 1:
            raise self.error
        email_messages[0].anymail_status = type("Status", (), {"message_id": "provider-7"})()  # type: ignore[attr-defined]
        return 1


@pytest.fixture
def faulty(settings: Settings) -> Callable[[Exception], type[_Faulty]]:
    def fail_with(error: Exception) -> type[_Faulty]:
        settings.EMAIL_BACKEND = f"{__name__}._Faulty"
        _Faulty.error, _Faulty.seen = error, []
        return _Faulty

    return fail_with


def test_a_bug_in_one_mail_does_not_stop_the_others(faulty: Callable[[Exception], type[_Faulty]]) -> None:
    faulty(ValueError("boom"))
    meeting = a_meeting()
    a_pending_participant(meeting), a_pending_participant(meeting, organization="Red Andina", now=NOW + timedelta(seconds=1))

    send_once()

    assert [(message.status, message.attempts, message.outcome, message.provider_id) for message in OutboxMessage.objects.order_by("created_at")] == [
        ("queued", 1, "ValueError: boom", ""),
        ("sent", 1, "", "provider-7"),
    ]


def test_a_mail_that_breaks_the_connection_goes_to_the_end_of_the_queue(faulty: Callable[[Exception], type[_Faulty]]) -> None:
    faulty(ConnectionResetError("hung up"))
    meeting = a_meeting()
    first, second = a_pending_participant(meeting), a_pending_participant(meeting, organization="Red Andina", now=NOW + timedelta(seconds=1))

    send_once()
    assert statuses() == ["queued", "queued"]
    assert [message.mailbox for message in claim(limit=2, now=_now())] == [second.mailbox, first.mailbox]


def test_a_gone_database_is_not_taken_for_a_fault_of_the_mail(faulty: Callable[[Exception], type[_Faulty]]) -> None:
    faulty(OperationalError("server closed the connection"))
    a_pending_participant(a_meeting())

    with pytest.raises(OperationalError):
        deliver_batch(is_stopping=never)

    assert statuses() == ["sending"]


def test_stopping_releases_what_was_not_sent(mail_over_smtp: SmtpServer) -> None:
    meeting = a_meeting()
    for _person in range(3):
        a_pending_participant(meeting)
    answers = iter([False, True, True])

    batch = deliver_batch(is_stopping=lambda: next(answers))

    assert batch.counts == {"sent": 1, "released": 2}
    assert sorted(statuses()) == ["queued", "queued", "sent"]


# --- claims -----------------------------------------------------------------------------------------------------------
def test_a_claimed_row_is_nobody_elses_until_its_lease_has_passed() -> None:
    a_pending_participant(a_meeting())

    [held] = claim(limit=5, now=_now())

    assert claim(limit=5, now=_now()) == []
    assert claim(limit=5, now=_now() + LEASE + timedelta(seconds=1)) == [held]


def test_whoever_lost_the_lease_does_not_send(mail_over_smtp: SmtpServer) -> None:
    a_pending_participant(a_meeting())
    [held] = claim(limit=5, now=_now())
    claim(limit=5, now=_now() + LEASE + timedelta(seconds=1))

    assert delivery._deliver(held, delivery.get_connection()) == "lost"
    assert mail_over_smtp.received == []


def test_only_the_oldest_owed_mail_of_an_invitation_can_be_claimed() -> None:
    participant = a_participant(a_meeting(), sessions=frozenset({1}))
    withdraw(participant, actor=ORGANIZER, now=NOW + timedelta(seconds=5))
    now = _now()

    [first] = claim(limit=5, now=now)
    assert claim(limit=5, now=now) == []
    OutboxMessage.objects.filter(pk=first.pk).update(status=Delivery.SENT)
    [second] = claim(limit=5, now=now)

    assert [first.kind, second.kind] == [MessageKind.INVITATION, MessageKind.CANCELLATION]


def test_mails_of_other_sessions_and_mailboxes_do_not_wait_for_each_other() -> None:
    meeting = a_meeting()
    a_participant(meeting), a_participant(meeting)

    assert len(claim(limit=20, now=_now())) == 4


def test_an_invitation_and_its_cancellation_leave_in_order(mail_over_smtp: SmtpServer) -> None:
    participant = a_participant(a_meeting(), sessions=frozenset({1}))
    send_once()
    withdraw(Participant.objects.get(pk=participant.pk), actor=ORGANIZER, now=NOW + timedelta(seconds=5))
    send_once()

    methods = [opened(mail.content).get_payload()[0].get_payload()[2].get_param("method") for mail in mail_over_smtp.received]
    assert methods == ["REQUEST", "CANCEL"]


def test_the_log_tells_counts_and_keys_only(mail_over_smtp: SmtpServer, caplog: pytest.LogCaptureFixture) -> None:
    meeting = a_meeting()
    accepted, refused = a_pending_participant(meeting), a_pending_participant(meeting)
    mail_over_smtp.answer(refused.email, f"550 5.1.1 {refused.email} unknown")
    caplog.set_level("INFO", logger="registrations.delivery")

    send_once()

    failed = OutboxMessage.objects.get(status=Delivery.FAILED)
    assert [record.getMessage() for record in caplog.records] == [f"outbox: failed=1 sent=1 {failed.pk}"]
    assert accepted.email not in caplog.text
