"""Several organizers press the same button at the same moment."""

from collections import Counter
from functools import partial

import pytest

from registrations.details import Actor
from registrations.enums import ChaseWording, MessageKind
from registrations.errors import DecidedMeanwhile, DomainError, NobodyToChase
from registrations.models import OutboxMessage
from registrations.operations.chase import chase
from registrations.operations.confirm import confirm
from registrations.operations.decide import decide
from registrations.operations.decline import decline
from registrations.queries.review_queue import last_event
from tests.make import NOW, a_meeting, a_pending_participant, an_entity, status_of
from tests.test_last_seats import at_once

pytestmark = pytest.mark.django_db(transaction=True)
ORGANIZERS = [Actor(label=f"Organizer {number}") for number in range(8)]


def outcome(call) -> str:
    try:
        call()
    except DomainError as refusal:
        return refusal.code
    return "done"


def test_of_eight_who_decide_about_one_person_one_decides_and_seven_are_told():
    person = a_pending_participant(a_meeting())
    seen = last_event(person)

    def decide_as(actor: Actor) -> str:
        confirms = ORGANIZERS.index(actor) % 2
        decision = partial(confirm) if confirms else partial(decline, reasons={"es": "No figura entre los invitados."})
        return outcome(lambda: decide(person, seen=seen, decision=partial(decision, actor=actor, now=NOW)))

    outcomes = Counter(at_once(decide_as, ORGANIZERS))

    assert outcomes == {"done": 1, DecidedMeanwhile.code: 7}
    assert [entry.event for entry in person.history.all()][1:] == [{"confirmed": "confirm", "declined": "decline"}[status_of(person)]]


def test_of_eight_who_write_to_the_silent_one_does_and_every_mission_gets_one_mail():
    kind = a_meeting().delegation_types.get(code="geneva_mission")
    for number in range(5):
        kind.expected.create(entity=an_entity(f"X{number}", f"State {number}", f"Estado {number}"), contact_email=f"mission{number}@example.org")
    chosen = list(kind.expected.values_list("pk", flat=True))

    outcomes = Counter(at_once(lambda actor: outcome(lambda: chase(kind, chosen=chosen, wording=ChaseWording.OWN, actor=actor, now=NOW)), ORGANIZERS))

    assert outcomes == {"done": 1, NobodyToChase.code: 7}
    assert sorted(OutboxMessage.objects.filter(kind=MessageKind.CHASE).values_list("mailbox", flat=True)) == [
        f"mission{number}@example.org" for number in range(5)
    ]
    assert kind.history.count() == 1
