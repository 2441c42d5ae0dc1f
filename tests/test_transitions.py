"""Every action on every status: what the table says, or a refusal that says why and changes nothing."""

import itertools

import pytest

from registrations.details import FOCAL_POINT, PARTICIPANT
from registrations.enums import Action, Status
from registrations.errors import DomainError, NoSeatsLeft, NothingToReview, NothingToSend, NotWaiting, ReasonMissing, TransitionNotAllowed
from registrations.models import HistoryEntry, Meeting, OutboxMessage, Participant
from registrations.operations.accept_changes import accept_changes
from registrations.operations.confirm import confirm
from registrations.operations.decline import decline
from registrations.operations.promote import promote
from registrations.operations.rejoin import rejoin
from registrations.operations.resend import resend
from registrations.operations.resubmit import resubmit
from registrations.operations.return_for_correction import return_for_correction
from registrations.operations.substitute import substitute
from registrations.operations.withdraw import withdraw
from registrations.queries.participants import person_on_record
from registrations.rules.transitions import TRANSITIONS
from tests.make import NOW, ORGANIZER, a_meeting, a_participant, a_pending_participant, a_person, status_of
from tools import transitions

pytestmark = pytest.mark.django_db
REASONS = {"en": "The list is closed.", "es": "La lista está cerrada."}


def confirm_in_a_full_meeting(participant):
    Meeting.objects.update(seats=0)
    return confirm(participant, actor=ORGANIZER, now=NOW)


OPERATIONS = {
    Action.CONFIRM: lambda participant: confirm(participant, actor=ORGANIZER, now=NOW),
    Action.WAIT: confirm_in_a_full_meeting,
    Action.SUBSTITUTE: lambda participant: substitute(participant, details=a_person(), actor=FOCAL_POINT, now=NOW),
    Action.DECLINE: lambda participant: decline(participant, reasons=REASONS, actor=ORGANIZER, now=NOW),
    Action.RETURN: lambda participant: return_for_correction(participant, fields=["position"], notes=REASONS, actor=ORGANIZER, now=NOW),
    Action.RESUBMIT: lambda participant: resubmit(participant, details=person_on_record(participant), actor=PARTICIPANT, now=NOW),
    Action.WITHDRAW: lambda participant: withdraw(participant, actor=ORGANIZER, now=NOW),
    Action.REJOIN: lambda participant: rejoin(participant, actor=PARTICIPANT, now=NOW),
}
"""The door of each action, for somebody whose registration is reviewed."""
OTHERS = {
    "promote": (lambda participant: promote(participant, reason="Speaks first.", actor=ORGANIZER, now=NOW), {Status.WAITING}, NotWaiting),
    "resend": (
        lambda participant: resend(participant, actor=ORGANIZER, now=NOW),
        set(Status) - {Status.WITHDRAWN},
        NothingToSend,
    ),
    "accept changes": (lambda participant: accept_changes(participant, actor=ORGANIZER, now=NOW), set(), NothingToReview),
}
"""What leaves the status as it is: the door, the statuses in which it applies, and how it is refused in the others."""


def somebody_who_is(status: Status, *, seats: int | None = None) -> Participant:
    participant = a_pending_participant(a_meeting(seats=seats), given_names="Ana", family_names="Ruiz")
    Participant.objects.update(status=status)
    OutboxMessage.objects.all().delete()
    return Participant.objects.select_related("meeting", "delegation__type").get(pk=participant.pk)


def everything() -> tuple[list, ...]:
    return tuple(list(model.objects.order_by("pk").values()) for model in (Participant, HistoryEntry, OutboxMessage))


@pytest.mark.parametrize(("status", "action"), [pair for pair in itertools.product(Status, OPERATIONS) if pair in TRANSITIONS])
def test_an_action_that_applies_leads_where_the_table_says(status, action):
    participant = somebody_who_is(status)

    OPERATIONS[action](participant)

    assert status_of(participant) == TRANSITIONS[status, action]
    assert [(entry.event, entry.status) for entry in participant.history.all()][1:] == [(action.value, TRANSITIONS[status, action])]


@pytest.mark.parametrize(("status", "action"), [pair for pair in itertools.product(Status, OPERATIONS) if pair not in TRANSITIONS])
def test_an_action_that_does_not_apply_says_why_and_changes_nothing(status, action):
    participant = somebody_who_is(status)
    before = everything()

    with pytest.raises(DomainError) as refusal:
        OPERATIONS[action](participant)

    assert everything() == before
    if (status, action) == (Status.WAITING, Action.WAIT):
        assert refusal.type is NoSeatsLeft
    else:
        asked = Action.CONFIRM if action == Action.WAIT else action
        sentence = f"Ana Ruiz: the registration is {status.label}, so this does not apply: {asked.label}. Nothing was changed."
        assert (refusal.type, str(refusal.value)) == (TransitionNotAllowed, sentence)


@pytest.mark.parametrize(("status", "other"), list(itertools.product(Status, OTHERS)))
def test_what_leaves_the_status_as_it_is_applies_or_says_why(status, other):
    door, applies_to, refused = OTHERS[other]
    participant = somebody_who_is(status, seats=0)
    before = everything()

    if status in applies_to:
        door(participant)
        assert (status_of(participant), participant.history.last().event) == (status, other)
    else:
        with pytest.raises(refused, match="Ana Ruiz"):
            door(participant)
        assert everything() == before


def test_every_action_has_a_door_in_these_tests():
    assert set(OPERATIONS) == set(Action)


def test_the_table_in_the_documentation_is_the_table_of_the_program():
    assert transitions.PATH.read_text(encoding="utf-8") == transitions.document()


@pytest.mark.parametrize("reasons", [{}, {"en": "Only in English"}, {"es": "  "}])
def test_declining_without_a_reason_in_the_participants_language_is_refused(reasons):
    participant = a_participant(a_meeting(), language="es")

    with pytest.raises(ReasonMissing, match="Spanish"):
        decline(participant, reasons=reasons, actor=ORGANIZER, now=NOW)

    assert status_of(participant) == Status.CONFIRMED
