"""Claiming, sending and writing down, in one process against a real SMTP server."""

from collections.abc import Callable
from dataclasses import replace
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
from registrations.enums import Arrival, Delivery, MessageKind
from registrations.models import OutboxMessage, Participant
from registrations.operations.amend import amend
from registrations.operations.record_arrival import record_arrival
from registrations.operations.retry import retry
from registrations.operations.withdraw import withdraw
from registrations.queries.participants import person_on_record
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


# --- mails that may have left --------------------------------------------------------------------------------------------
def in_doubt() -> list[tuple[str, int]]:
    return list(OutboxMessage.objects.order_by("created_at", "session__number").values_list("status", "repeats"))


def test_a_server_that_hangs_up_on_the_content_leaves_the_mail_in_doubt(mail_over_smtp: SmtpServer) -> None:
    a_pending_participant(a_meeting())
    mail_over_smtp.hang_up_on_content()

    send_once()

    message = OutboxMessage.objects.get()
    assert (message.status, message.attempts, message.claimed_until) == (Delivery.UNCERTAIN, 1, None)
    assert message.outcome.startswith("SMTPServerDisconnected")
    assert message.handed_over_at is not None
    assert message.due_at - message.handed_over_at == timedelta(minutes=15)


def test_a_mail_in_doubt_is_repeated_once_after_a_quarter_of_an_hour_with_the_same_bytes(mail_over_smtp: SmtpServer, clock: Any) -> None:
    participant = a_participant(a_meeting(), sessions=frozenset({1}))
    mail_over_smtp.hang_up_on_content()
    send_once()
    mail_over_smtp.accept_everything()

    clock.shift(timedelta(minutes=14))
    send_once()
    assert (in_doubt(), len(mail_over_smtp.received)) == ([("uncertain", 0)], 1)
    clock.shift(timedelta(minutes=2))
    send_once()

    assert in_doubt() == [("sent", 1)]
    first, second = (opened(mail.content) for mail in mail_over_smtp.received)
    assert first["Message-ID"] == second["Message-ID"]
    assert first.get_payload()[-1].get_payload() == second.get_payload()[-1].get_payload()
    assert [mail.recipients for mail in mail_over_smtp.received] == [(participant.email,)] * 2


def test_a_mail_twice_in_doubt_is_left_to_the_secretariat(mail_over_smtp: SmtpServer, clock: Any) -> None:
    a_pending_participant(a_meeting())
    mail_over_smtp.hang_up_on_content()
    for _time in range(4):
        send_once()
        clock.shift(timedelta(minutes=16))
    assert (in_doubt(), len(mail_over_smtp.received)) == ([("uncertain", 1)], 2)

    mail_over_smtp.accept_everything()
    retry(OutboxMessage.objects.get(), actor=ORGANIZER, now=_now())
    send_once()

    assert (in_doubt(), len(mail_over_smtp.received)) == ([("sent", 1)], 3)


def test_news_of_a_mail_in_doubt_settle_it_and_nothing_is_repeated(mail_over_smtp: SmtpServer, clock: Any) -> None:
    a_pending_participant(a_meeting())
    mail_over_smtp.hang_up_on_content()
    send_once()
    message = OutboxMessage.objects.get()

    record_arrival(message, arrival=Arrival.DELIVERED, key="event", at=_now(), now=_now())
    clock.shift(timedelta(minutes=16))
    send_once()

    assert (in_doubt(), len(mail_over_smtp.received)) == ([("sent", 0)], 1)


def test_a_worker_that_died_after_it_began_to_hand_over_leaves_the_mail_in_doubt(mail_over_smtp: SmtpServer, clock: Any) -> None:
    a_pending_participant(a_meeting())
    began = _now()
    OutboxMessage.objects.update(status=Delivery.SENDING, claimed_until=began + LEASE, handed_over_at=began)

    send_once()
    assert in_doubt() == [("sending", 0)]
    clock.shift(LEASE)
    send_once()
    assert (in_doubt(), OutboxMessage.objects.get().due_at) == ([("uncertain", 0)], began + timedelta(minutes=15))
    clock.shift(timedelta(minutes=11))
    send_once()

    assert (in_doubt(), len(mail_over_smtp.received)) == ([("sent", 1)], 1)


def test_a_worker_that_died_before_the_server_heard_of_a_repeat_repeats_it(mail_over_smtp: SmtpServer, clock: Any) -> None:
    a_pending_participant(a_meeting())
    OutboxMessage.objects.update(status=Delivery.UNCERTAIN, handed_over_at=NOW, due_at=NOW)
    claim(limit=1, now=_now())
    assert in_doubt() == [("sending", 1)]

    clock.shift(LEASE + timedelta(seconds=1))
    send_once()

    assert (in_doubt(), len(mail_over_smtp.received)) == ([("sent", 1)], 1)


def test_a_mail_in_doubt_keeps_later_ones_of_its_invitation_waiting(mail_over_smtp: SmtpServer, clock: Any) -> None:
    participant = a_participant(a_meeting(), sessions=frozenset({1}))
    mail_over_smtp.hang_up_on_content()
    send_once()
    mail_over_smtp.accept_everything()
    amend(participant, details=replace(person_on_record(participant), language="en"), actor=ORGANIZER, now=NOW + timedelta(seconds=5))

    send_once()
    assert in_doubt() == [("uncertain", 0), ("queued", 0)]
    clock.shift(timedelta(minutes=16))
    send_once()

    assert in_doubt() == [("sent", 1), ("sent", 0)]


def test_a_mail_in_doubt_that_is_no_longer_true_is_not_repeated_and_stays_in_doubt(mail_over_smtp: SmtpServer, clock: Any) -> None:
    participant = a_pending_participant(a_meeting())
    mail_over_smtp.hang_up_on_content()
    send_once()
    withdraw(participant, actor=ORGANIZER, now=NOW + timedelta(seconds=5))

    clock.shift(timedelta(minutes=16))
    send_once()

    assert (in_doubt(), len(mail_over_smtp.received)) == ([("uncertain", 1)], 1)


def test_a_server_that_breaks_off_keeps_the_rest_of_the_batch_back(mail_over_smtp: SmtpServer) -> None:
    meeting = a_meeting()
    for _person in range(3):
        a_pending_participant(meeting)
    mail_over_smtp.hang_up_on_content()

    batch = deliver_batch(is_stopping=never)

    assert batch.counts == {"uncertain": 1, "released": 2}
    assert batch.is_blocked


def test_whoever_lost_the_lease_while_rendering_hands_nothing_over(mail_over_smtp: SmtpServer, clock: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    a_pending_participant(a_meeting())
    [held] = claim(limit=1, now=_now())
    render = delivery.mail.render

    def render_slowly(message: OutboxMessage, *, now: datetime) -> Any:
        clock.shift(LEASE + timedelta(seconds=1))
        return render(message, now=now)

    monkeypatch.setattr(delivery.mail, "render", render_slowly)

    with delivery.get_connection() as backend:
        assert delivery._deliver(held, backend) == "lost"
    assert (in_doubt(), len(mail_over_smtp.received)) == ([("sending", 0)], 0)


# --- addresses that are refused -------------------------------------------------------------------------------------------
def test_an_address_that_the_server_does_not_know_has_bounced(mail_over_smtp: SmtpServer) -> None:
    participant = a_pending_participant(a_meeting())
    mail_over_smtp.answer(participant.email, "550 5.1.1 No such user")

    send_once()

    message = OutboxMessage.objects.get()
    participant.refresh_from_db()
    assert (message.status, message.arrival, participant.bounced_at is not None) == (Delivery.FAILED, Arrival.BOUNCED, True)


@pytest.mark.parametrize("answer", ["552 5.3.4 Too big", "451 4.3.0 Later"])
def test_a_refused_content_says_nothing_about_the_address(mail_over_smtp: SmtpServer, answer: str) -> None:
    participant = a_pending_participant(a_meeting())
    mail_over_smtp.answer_content(answer)

    send_once()

    participant.refresh_from_db()
    assert (OutboxMessage.objects.get().arrival, participant.bounced_at) == ("", None)


def test_a_refused_address_tried_again_after_all_begins_anew(mail_over_smtp: SmtpServer) -> None:
    participant = a_pending_participant(a_meeting())
    mail_over_smtp.answer(participant.email, "550 5.1.1 No such user")
    send_once()
    mail_over_smtp.accept_everything()

    retry(OutboxMessage.objects.get(), actor=ORGANIZER, now=_now())
    send_once()

    message = OutboxMessage.objects.get()
    assert (message.status, message.arrival, message.attempts) == (Delivery.SENT, "", 1)


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
