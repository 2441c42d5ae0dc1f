"""Several organizers press the same button of a letter at the same moment."""

import pytest

from registrations.enums import MessageKind
from registrations.errors import DomainError
from registrations.models import HistoryEntry, Letter, OutboxMessage
from registrations.operations.cancel_letter import cancel_letter
from registrations.operations.send_letter import send_letter
from tests.make import NOW, ORGANIZER, a_draft, a_letter, a_meeting, a_participant
from tests.test_last_seats import at_once

pytestmark = pytest.mark.django_db(transaction=True)
CROWD = 6


def send(letter: Letter) -> str:
    try:
        return send_letter(letter, seen=letter.version, actor=ORGANIZER, now=NOW).status
    except DomainError as refusal:
        return refusal.code


def cancel(letter: Letter) -> int | str:
    try:
        return cancel_letter(letter, actor=ORGANIZER, now=NOW)
    except DomainError as refusal:
        return refusal.code


def test_one_of_them_sends_and_the_others_are_told():
    meeting = a_meeting()
    draft = a_draft(a_participant(meeting), a_participant(meeting))

    answers = at_once(send, [draft] * CROWD)

    assert sorted(answers) == ["letter_gone"] * (CROWD - 1) + ["sent"]
    assert OutboxMessage.objects.filter(kind=MessageKind.LETTER).count() == 2
    assert HistoryEntry.objects.filter(event="letter").count() == 2


def test_one_of_them_cancels_and_the_others_are_told():
    meeting = a_meeting()
    letter = a_letter(a_participant(meeting), a_participant(meeting))

    answers = at_once(cancel, [letter] * CROWD)

    assert sorted(answers, key=str) == [2] + ["nothing_to_cancel"] * (CROWD - 1)
    assert HistoryEntry.objects.filter(event="cancel letter").count() == 2
