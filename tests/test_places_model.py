"""Random sequences of operations against a simple model of who gets which place.

PLACES_EXAMPLES=5000 .venv/bin/pytest tests/test_places_model.py  runs as many sequences, other ones every time.
"""

import os
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule, run_state_machine_as_test

from registrations.details import FOCAL_POINT, PARTICIPANT
from registrations.errors import NoSeatsLeft, NotWaiting, SeatsMissing, TransitionNotAllowed
from registrations.models import Meeting, OutboxMessage, Participant
from registrations.operations.confirm import confirm
from registrations.operations.decline import decline
from registrations.operations.promote import promote
from registrations.operations.rejoin import rejoin
from registrations.operations.substitute import substitute
from registrations.operations.waiting_list import admit_waiting
from registrations.operations.withdraw import withdraw
from tests.make import NOW, ORGANIZER, a_meeting, a_person, an_entity, participants_of, sign_up
from tests.places import overfull, passed_over

EXAMPLES = int(os.environ.get("PLACES_EXAMPLES", "0"))
STEPS = 25
DELEGATIONS = [("geneva_mission", "PE"), ("geneva_mission", "EC"), ("oas_observer", "FR"), ("organization", "Alfa"), ("organization", "Beta")]
TYPES = sorted({code for code, _name in DELEGATIONS})
REVIEWED = {"organization"}
LIKELY = {
    "confirm": {"pending", "declined"},
    "decline": {"pending", "confirmed"},
    "withdraw": {"confirmed"},
    "rejoin": {"withdrawn"},
    "promote": {"waiting"},
    "substitute": {"confirmed", "waiting"},
}
REFUSALS = (NoSeatsLeft, NotWaiting, SeatsMissing, TransitionNotAllowed)


@dataclass
class Guest:
    """Somebody as the model sees them. `mails` counts the kinds owed, `turn` is their place in the order of arrival."""

    delegation: tuple[str, str]
    status: str
    turn: int
    promoted: int | None = None
    mails: Counter[str] = field(default_factory=Counter)
    in_calendar: bool = False


@dataclass
class Model:
    """The rules of places in a few lines, as the documentation tells them. Every action answers whether it was done."""

    meeting: int | None
    types: dict[str, dict[str, Any]]
    guests: list[Guest] = field(default_factory=list)
    clock: int = 0

    def sign_up(self, delegation: tuple[str, str], people: int) -> bool:
        reviewed, waits = delegation[0] in REVIEWED, self.types[delegation[0]]["keeps_waiting_list"]
        if not waits and self.free(delegation) < (1 if reviewed else people):
            return False
        for _ in range(people):
            guest = Guest(delegation, "", self.tick())
            self.guests.append(guest)
            self.arrive(guest)
        return True

    def rejoin(self, guest: Guest) -> bool:
        if guest.status != "withdrawn" or (not self.types[guest.delegation[0]]["keeps_waiting_list"] and not self.free(guest.delegation)):
            return False
        guest.turn = self.tick()
        self.arrive(guest)
        return True

    def confirm(self, guest: Guest) -> bool:
        if guest.status not in {"pending", "waiting", "declined"}:
            return False
        if self.free(guest.delegation):
            self.seat(guest)
            return True
        if guest.status == "waiting" or not self.types[guest.delegation[0]]["keeps_waiting_list"]:
            return False
        self.queue(guest)
        return True

    def decline(self, guest: Guest) -> bool:
        return self.leave(guest, "declined", notice="declined")

    def withdraw(self, guest: Guest) -> bool:
        return self.leave(guest, "withdrawn")

    def promote(self, guest: Guest) -> bool:
        if guest.status != "waiting":
            return False
        guest.promoted = self.tick()
        self.fill()
        return True

    def substitute(self, guest: Guest) -> bool:
        """The newcomer stands exactly where the one who leaves stood."""
        if guest.status not in {"pending", "confirmed", "waiting"}:
            return False
        notices = {"pending": {"received": 1}, "confirmed": {"invitation": 2}, "waiting": {"waiting": 1}}
        self.guests.append(replace(guest, mails=Counter(notices[guest.status])))
        if guest.in_calendar:
            guest.mails["cancellation"] += 2
        guest.status, guest.in_calendar = "withdrawn", False
        return True

    def fill(self) -> None:
        waiting = [guest for guest in self.guests if guest.status == "waiting"]
        for guest in sorted(waiting, key=lambda guest: (guest.promoted is None, guest.promoted, guest.turn)):
            if self.free(guest.delegation):
                self.seat(guest)

    # --- what these are made of ---
    def arrive(self, guest: Guest) -> None:
        if guest.delegation[0] in REVIEWED:
            guest.status = "pending"
            guest.mails["received"] += 1
        elif self.free(guest.delegation):
            self.seat(guest)
        else:
            self.queue(guest)

    def seat(self, guest: Guest) -> None:
        guest.status, guest.in_calendar = "confirmed", True
        guest.mails["invitation"] += 2

    def queue(self, guest: Guest) -> None:
        guest.status, guest.promoted = "waiting", None
        guest.mails["waiting"] += 1

    def leave(self, guest: Guest, status: str, *, notice: str = "") -> bool:
        if guest.status not in {"pending", "confirmed", "waiting"}:
            return False
        had_a_seat, guest.status, guest.in_calendar = guest.status == "confirmed", status, False
        guest.mails.update([notice] if notice else [])
        if had_a_seat:
            guest.mails["cancellation"] += 2
            self.fill()
        return True

    def free(self, delegation: tuple[str, str]) -> float:
        """How many more the delegation may have confirmed."""
        confirmed = [guest.delegation for guest in self.guests if guest.status == "confirmed"]
        limits = self.types[delegation[0]]
        rooms = [
            (self.meeting, len(confirmed)),
            (limits["seats"], sum(code == delegation[0] for code, _name in confirmed)),
            (limits["seats_per_delegation"], confirmed.count(delegation)),
        ]
        return min([float("inf"), *(max(seats - taken, 0) for seats, taken in rooms if seats is not None)])

    def tick(self) -> int:
        self.clock += 1
        return self.clock


def seats(most: int) -> st.SearchStrategy[int | None]:
    return st.none() | st.integers(0, most)


limits_of_a_type = st.fixed_dictionaries(
    {"seats": seats(3), "seats_per_delegation": seats(2), "keeps_waiting_list": st.sampled_from([True, True, False])}
)
someone = st.integers(0, 999)


class Places(RuleBasedStateMachine):
    """Does everything twice, through the doors and in the model."""

    def __init__(self) -> None:
        super().__init__()
        self.example = transaction.atomic()
        self.example.__enter__()
        self.now = NOW
        self.people: list[Participant] = []
        self.lowered: dict[str, int] = {}

    @initialize(meeting=seats(3), types=st.fixed_dictionaries(dict.fromkeys(TYPES, limits_of_a_type)))
    def begin(self, meeting: int | None, types: dict[str, dict[str, Any]]) -> None:
        self.meeting: Meeting = a_meeting(seats=meeting)
        an_entity("FR", "France", "Francia", groups=["oas_permanent_observer"])
        self.model = Model(meeting, types)
        for code, limits in types.items():
            self.meeting.delegation_types.filter(code=code).update(**limits)

    @rule(delegation=st.sampled_from(DELEGATIONS), people=st.integers(1, 3))
    def sign_up(self, delegation: tuple[str, str], people: int) -> None:
        code, name = delegation
        of = {"entity": "", "organization": name} if code == "organization" else {"entity": name}
        answer = self.done(lambda **now: sign_up(self.meeting, *(a_person() for _ in range(people)), type_code=code, **of, **now))
        assert bool(answer) == self.model.sign_up(delegation, people)
        self.people += participants_of(answer) if answer else []

    @precondition(lambda self: self.people)
    @rule(who=someone, action=st.sampled_from(sorted(LIKELY)), likely=st.sampled_from([True, True, True, False]))
    def act(self, who: int, action: str, likely: bool) -> None:
        """Mostly on somebody in a status in which the action applies, so that long stories come about; sometimes on anybody."""
        everybody = list(enumerate(self.model.guests))
        chosen = [pair for pair in everybody if pair[1].status in LIKELY[action]] if likely else everybody
        if not chosen:
            return
        self.do(action, chosen[who % len(chosen)][0])

    @rule(delegation=st.sampled_from([each for each in DELEGATIONS if each[0] not in REVIEWED]))
    def the_last_of_a_queue_is_put_first(self, delegation: tuple[str, str]) -> None:
        """Two wait behind one more seat of a delegation, the last is promoted, the seat becomes free: who comes first is seen."""
        seated = self.numbers_of(delegation, "confirmed")
        self.change_the_meetings_seats(None)
        self.change_the_limits_of_a_type(delegation[0], {"seats": None, "seats_per_delegation": len(seated) + 1, "keeps_waiting_list": True})
        self.sign_up(delegation, 3)
        self.do("promote", self.numbers_of(delegation, "waiting")[-1])
        self.do("withdraw", self.numbers_of(delegation, "confirmed")[0])

    def numbers_of(self, delegation: tuple[str, str], status: str) -> list[int]:
        return [number for number, guest in enumerate(self.model.guests) if (guest.delegation, guest.status) == (delegation, status)]

    def do(self, action: str, number: int) -> None:
        person, guest = self.people[number], self.model.guests[number]
        doors: dict[str, Callable[..., Participant]] = {
            "confirm": lambda now: confirm(person, actor=ORGANIZER, now=now),
            "decline": lambda now: decline(person, reasons={"es": "Duplicada."}, actor=ORGANIZER, now=now),
            "withdraw": lambda now: withdraw(person, actor=PARTICIPANT, now=now),
            "rejoin": lambda now: rejoin(person, actor=PARTICIPANT, now=now),
            "promote": lambda now: promote(person, reason="Speaks first.", actor=ORGANIZER, now=now),
            "substitute": lambda now: substitute(person, details=a_person(), actor=FOCAL_POINT, now=now),
        }
        outcome = self.done(doors[action])
        assert bool(outcome) == getattr(self.model, action)(guest), (action, guest)
        if action == "substitute" and outcome:
            self.people.append(outcome)

    @rule(meeting=seats(3))
    def change_the_meetings_seats(self, meeting: int | None) -> None:
        Meeting.objects.filter(pk=self.meeting.pk).update(seats=meeting)
        self.model.meeting = meeting
        self.admit()

    @rule(code=st.sampled_from(TYPES), limits=limits_of_a_type)
    def change_the_limits_of_a_type(self, code: str, limits: dict[str, Any]) -> None:
        self.meeting.delegation_types.filter(code=code).update(**limits)
        self.model.types[code] = limits
        self.admit()

    def admit(self) -> None:
        """Lowering a limit takes nobody's seat, so it may be exceeded from here on, but never by more."""
        self.lowered = overfull(self.meeting)
        self.done(lambda now: admit_waiting(self.meeting, now=now))
        self.model.fill()

    def done(self, call: Callable[..., Any]) -> Any:
        self.now += timedelta(minutes=1)
        try:
            return call(now=self.now)
        except REFUSALS:
            return None

    @invariant()
    def everybody_stands_where_the_model_says(self) -> None:
        statuses = dict(Participant.objects.values_list("pk", "status"))
        assert [statuses[person.pk] for person in self.people] == [guest.status for guest in self.model.guests]

    @invariant()
    def no_place_is_taken_twice_or_left_empty(self) -> None:
        excess = overfull(self.meeting)
        assert passed_over(self.meeting) == []
        assert all(number <= self.lowered.get(limit, 0) for limit, number in excess.items())
        self.lowered = excess

    @invariant()
    def everybody_is_owed_what_the_model_says(self) -> None:
        rows = OutboxMessage.objects.order_by("due_at").values_list("participant", "kind", "session")
        kinds, calendar = Counter(), {}
        for pk, kind, session in rows:
            kinds[pk, kind] += 1
            if session:
                calendar[pk, session] = kind
        for person, guest in zip(self.people, self.model.guests, strict=True):
            assert {kind: count for (pk, kind), count in kinds.items() if pk == person.pk} == dict(guest.mails)
            entries = [kind == "invitation" for (pk, _session), kind in calendar.items() if pk == person.pk]
            assert entries == ([guest.in_calendar] * 2 if guest.mails["invitation"] else [])

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.example.__exit__(None, None, None)


@pytest.mark.django_db
def test_every_sequence_of_operations_ends_as_the_model_says() -> None:
    run_state_machine_as_test(
        Places,
        settings=settings(
            max_examples=EXAMPLES or 20,
            stateful_step_count=STEPS,
            derandomize=not EXAMPLES,
            deadline=None,
            database=None,
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )
