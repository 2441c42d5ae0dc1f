import pytest

from registrations.errors import NothingToSend
from registrations.models import OutboxMessage
from registrations.operations.decline import decline
from registrations.operations.resend import resend
from registrations.operations.retry import retry
from registrations.operations.return_for_correction import return_for_correction
from registrations.operations.withdraw import withdraw
from tests.make import NOW, ORGANIZER, a_meeting, a_participant, a_pending_participant, kinds_owed_to

pytestmark = pytest.mark.django_db


def test_sending_again_owes_what_the_status_calls_for():
    confirmed, pending = a_participant(a_meeting()), a_pending_participant(a_meeting())

    resend(confirmed, actor=ORGANIZER, now=NOW)
    resend(pending, actor=ORGANIZER, now=NOW)

    assert kinds_owed_to(confirmed) == ["invitation"] * 4
    assert kinds_owed_to(pending) == ["received"] * 2


def test_a_declined_registration_is_sent_its_reason_again():
    participant = a_pending_participant(a_meeting(), language="en")
    decline(participant, reasons={"en": "Late."}, actor=ORGANIZER, now=NOW)

    resend(participant, actor=ORGANIZER, now=NOW)

    assert [message.facts for message in OutboxMessage.objects.filter(kind="declined")] == [{"reason": "Late."}] * 2


def test_nothing_is_sent_again_to_somebody_who_withdrew():
    participant = a_participant(a_meeting())
    withdraw(participant, actor=ORGANIZER, now=NOW)

    with pytest.raises(NothingToSend):
        resend(participant, actor=ORGANIZER, now=NOW)


def test_a_failed_message_is_owed_again_and_another_one_is_refused():
    a_participant(a_meeting())
    failed, queued = OutboxMessage.objects.all()
    OutboxMessage.objects.filter(pk=failed.pk).update(status="failed", attempts=5)

    assert (retry(failed, actor=ORGANIZER, now=NOW).status, retry_count(failed)) == ("queued", 0)
    with pytest.raises(NothingToSend):
        retry(queued, actor=ORGANIZER, now=NOW)


def retry_count(message: OutboxMessage) -> int:
    return OutboxMessage.objects.get(pk=message.pk).attempts


def test_a_returned_registration_is_sent_what_to_correct_again():
    participant = a_pending_participant(a_meeting(), language="en")
    return_for_correction(participant, fields=["position"], notes={"en": "Write it in full."}, actor=ORGANIZER, now=NOW)

    resend(participant, actor=ORGANIZER, now=NOW)

    facts = {"fields": ["position"], "note": "Write it in full."}
    assert [message.facts for message in OutboxMessage.objects.filter(kind="returned")] == [facts] * 2
