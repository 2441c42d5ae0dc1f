import itertools

import pytest

from registrations.enums import Action, Status
from registrations.errors import ReasonMissing, TransitionNotAllowed
from registrations.models import OutboxMessage, Participant
from registrations.operations.confirm import confirm
from registrations.operations.decline import decline
from registrations.operations.withdraw import withdraw
from registrations.rules.transitions import TRANSITIONS
from tests.make import NOW, ORGANIZER, a_meeting, a_participant, status_of

REASONS = {"en": "The list is closed.", "es": "La lista está cerrada."}
OPERATIONS = {
    Action.CONFIRM: lambda participant: confirm(participant, actor=ORGANIZER, now=NOW),
    Action.DECLINE: lambda participant: decline(participant, reasons=REASONS, actor=ORGANIZER, now=NOW),
    Action.WITHDRAW: lambda participant: withdraw(participant, actor=ORGANIZER, now=NOW),
}


@pytest.mark.django_db
@pytest.mark.parametrize(("status", "action"), list(itertools.product(Status, OPERATIONS)))
def test_every_action_on_every_status_follows_the_table_or_is_refused(status, action):
    participant = a_participant(a_meeting())
    Participant.objects.update(status=status)
    OutboxMessage.objects.all().delete()
    expected = TRANSITIONS.get((status, action))

    if expected is None:
        with pytest.raises(TransitionNotAllowed):
            OPERATIONS[action](participant)
        assert (status_of(participant), participant.history.count(), OutboxMessage.objects.count()) == (status, 1, 0)
    else:
        OPERATIONS[action](participant)
        assert (status_of(participant), participant.history.last().event) == (expected, action.value)


@pytest.mark.django_db
def test_a_refused_action_names_the_person_the_status_and_the_action():
    participant = a_participant(a_meeting(), given_names="Ana", family_names="Ruiz")

    with pytest.raises(TransitionNotAllowed) as refusal:
        confirm(participant, actor=ORGANIZER, now=NOW)

    assert str(refusal.value) == "Ana Ruiz: the registration is confirmed, so this does not apply: confirm. Nothing was changed."


@pytest.mark.django_db
@pytest.mark.parametrize("reasons", [{}, {"en": "Only in English"}, {"es": "  "}])
def test_declining_without_a_reason_in_the_participants_language_is_refused(reasons):
    participant = a_participant(a_meeting(), language="es")

    with pytest.raises(ReasonMissing, match="Spanish"):
        decline(participant, reasons=reasons, actor=ORGANIZER, now=NOW)

    assert status_of(participant) == Status.CONFIRMED
