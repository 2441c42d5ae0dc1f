"""Random lives of a meeting against a model calendar that is fed with nothing but the mails that left.

CALENDARS_EXAMPLES=1000 .venv/bin/pytest tests/test_calendars_model.py  runs as many lives, other ones every time.
"""

import os
from collections import Counter, defaultdict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.db.models import Q, QuerySet
from hypothesis import HealthCheck
from hypothesis import settings as profile
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule, run_state_machine_as_test
from pytest_django import Settings

from registrations.delivery import deliver_batch
from registrations.details import PARTICIPANT
from registrations.errors import DomainError
from registrations.models import Invitation, OutboxMessage, Participant, Session
from registrations.operations.amend import amend
from registrations.operations.confirm import confirm
from registrations.operations.decline import decline
from registrations.operations.rejoin import rejoin
from registrations.operations.resend import resend
from registrations.operations.substitute import substitute
from registrations.operations.switch_language import switch_language
from registrations.operations.withdraw import withdraw
from registrations.queries.participants import person_on_record
from tests import ical_js
from tests.make import NOW, ORGANIZER, a_meeting, a_person, an_entity, participants_of, sign_up
from tests.model_calendar import ModelCalendar, Shown, calendar_in
from tests.post_office import ACCEPT, DIE_AFTER, DIE_BEFORE, REFUSE, Backend, Killed, Mail, PostOffice
from tests.published import publish_change

EXAMPLES = int(os.environ.get("CALENDARS_EXAMPLES", "0"))
STEPS = 20
JOIN = "https://zoom.example.com/j/84512?pwd=secret"
ADDRESSES = ["ana@example.org", "mision@example.org", "Mision@example.org", "rosa@example.org"]
LANGUAGES = ["en", "es"]

someone = st.integers(0, 999)
session_numbers = st.sampled_from([frozenset({1}), frozenset({2}), frozenset({1, 2})])
a_guest = st.fixed_dictionaries({"email": st.sampled_from(ADDRESSES), "language": st.sampled_from(LANGUAGES), "sessions": session_numbers})
guests = st.lists(a_guest, min_size=1, max_size=2)
a_correction = st.one_of(
    st.fixed_dictionaries({"sessions": session_numbers}),
    st.fixed_dictionaries({"email": st.sampled_from(ADDRESSES)}),
    st.fixed_dictionaries({"language": st.sampled_from(LANGUAGES)}),
    st.fixed_dictionaries({"family_names": st.sampled_from(["Paz", "Ríos"])}),
    a_guest,
)
deaths = st.sampled_from([DIE_BEFORE, DIE_AFTER])
outcomes = st.lists(st.one_of(st.sampled_from([ACCEPT, ACCEPT, REFUSE]), deaths), max_size=4)
actions = st.sampled_from(["confirm", "decline", "withdraw", "rejoin", "resend"])


class Calendars(RuleBasedStateMachine):
    """Signs people up and changes everything about them and the programme, while mails leave, wait and are lost."""

    def __init__(self) -> None:
        super().__init__()
        self.example = transaction.atomic()
        self.example.__enter__()
        self.now = NOW
        self.people: list[Participant] = []
        self.calendars: dict[str, ModelCalendar] = defaultdict(ModelCalendar)
        self.office = Backend.office = PostOffice()
        self.delivered = self.lost = 0
        self.titles = count(1)

    @initialize(guests=guests)
    def begin(self, guests: list[dict[str, Any]]) -> None:
        self.meeting = a_meeting(join_url=JOIN, registration_closes_at=None)
        an_entity()
        self.sign_up(guests, "geneva_mission")

    # --- people -----------------------------------------------------------------------------------------------------------
    @rule(guests=guests, code=st.sampled_from(["geneva_mission", "geneva_mission", "organization"]))
    def sign_up(self, guests: list[dict[str, Any]], code: str) -> None:
        of = {"entity": "", "organization": "Alfa"} if code == "organization" else {"entity": "PE"}
        submission = self.done(lambda now: sign_up(self.meeting, *(a_person(**guest) for guest in guests), type_code=code, now=now, **of))
        self.people += participants_of(submission) if submission else []

    @precondition(lambda self: self.people)
    @rule(who=someone, action=actions)
    def act(self, who: int, action: str) -> None:
        person = self.people[who % len(self.people)]
        doors: dict[str, Callable[[datetime], Participant]] = {
            "confirm": lambda now: confirm(person, actor=ORGANIZER, now=now),
            "decline": lambda now: decline(person, reasons={"es": "Duplicada.", "en": "Twice."}, actor=ORGANIZER, now=now),
            "withdraw": lambda now: withdraw(person, actor=PARTICIPANT, now=now),
            "rejoin": lambda now: rejoin(person, actor=PARTICIPANT, now=now),
            "resend": lambda now: resend(person, actor=ORGANIZER, now=now),
        }
        self.done(doors[action])

    @precondition(lambda self: self.people)
    @rule(who=someone, guest=a_guest)
    def substitute(self, who: int, guest: dict[str, Any]) -> None:
        newcomer = self.done(lambda now: substitute(self.people[who % len(self.people)], details=a_person(**guest), actor=ORGANIZER, now=now))
        self.people += [newcomer] if newcomer else []

    @precondition(lambda self: self.people)
    @rule(who=someone, correction=a_correction)
    def amend(self, who: int, correction: dict[str, Any]) -> None:
        person = Participant.objects.get(pk=self.people[who % len(self.people)].pk)
        self.done(lambda now: amend(person, details=replace(person_on_record(person), **correction), actor=ORGANIZER, now=now))

    @precondition(lambda self: self.people)
    @rule(who=someone, language=st.sampled_from(LANGUAGES))
    def switch_language(self, who: int, language: str) -> None:
        self.done(lambda now: switch_language(self.people[who % len(self.people)], language=language, actor=PARTICIPANT, now=now))

    # --- the programme ----------------------------------------------------------------------------------------------------
    @rule(number=st.sampled_from([1, 2]), hours=st.sampled_from([-1, 1, 30]))
    def move(self, number: int, hours: int) -> None:
        session, later = self.session(number), timedelta(hours=hours)
        if session.starts_at + min(later, timedelta()) > self.now + timedelta(hours=1):
            self.publish(session, starts_at=session.starts_at + later, ends_at=session.ends_at + later)

    @rule(number=st.sampled_from([1, 2]))
    def give_another_title(self, number: int) -> None:
        title = next(self.titles)
        self.publish(self.session(number), title_en=f"Title {title}", title_es=f"Título {title}")

    @rule(number=st.sampled_from([1, 2]))
    def cancel_or_reinstate(self, number: int) -> None:
        session = self.session(number)
        self.publish(session, is_cancelled=not session.is_cancelled)

    def publish(self, session: Session, **columns: Any) -> None:
        self.done(lambda now: publish_change(session, now=now, **columns))

    def session(self, number: int) -> Session:
        return self.meeting.sessions.get(number=number)

    # --- mails ------------------------------------------------------------------------------------------------------------
    @rule(plan=outcomes)
    def a_worker_runs(self, plan: list[str]) -> None:
        self.office.plan = plan
        self.run_worker()

    @precondition(lambda self: self.people)
    @rule(who=someone, before=actions, death=deaths, after=actions)
    def a_worker_dies_between_two_actions(self, who: int, before: str, death: str, after: str) -> None:
        """So that something changes while a mail is in doubt."""
        self.act(who, before)
        self.a_worker_runs([death])
        self.act(who, after)

    @rule(hours=st.sampled_from([0.1, 2, 24 * 4, 24 * 9]))
    def time_passes(self, hours: float) -> None:
        self.now += timedelta(hours=hours)

    @rule()
    def everything_leaves(self) -> None:
        """And each calendar shows what its mailbox should have. Whatever is over is left as it was."""
        self.office.plan = []
        self.run_worker()
        while due := self.next_due():
            self.now = due
            self.run_worker()
        assert not still_owed().exists()
        live = {uid_of(invitation) for invitation in Invitation.objects.filter(session__ends_at__gt=self.now)}
        assert {mailbox: shown for mailbox, calendar in self.calendars.items() if (shown := calendar.shown(live))} == self.should_have()

    def next_due(self) -> datetime | None:
        """The next moment at which something owed to a calendar can be sent; a mail that is due waits for the one before it."""
        moments = [message.claimed_until if message.status == "sending" else message.due_at for message in still_owed()]
        return min((moment + timedelta(seconds=1) for moment in moments if moment >= self.now), default=None)

    def run_worker(self) -> None:
        self.now += timedelta(seconds=1)
        with time_machine.travel(self.now, tick=False), suppress(Killed):
            while not deliver_batch(is_stopping=lambda: False).is_empty:
                pass
        for mail in self.office.lost[self.lost :]:
            self.calendars[mail.mailbox].may_not_have_left |= uids_in(mail.content)
        for taken in self.office.taken[self.delivered :]:
            self.check_as_it_left(taken)
            self.calendars[taken.mailbox].receive(taken.content)
        self.delivered, self.lost = len(self.office.taken), len(self.office.lost)

    def check_as_it_left(self, taken: Mail) -> None:
        """Nobody who is not confirmed gets a way to join, and nothing comes about a session that is over."""
        texts = "\n".join(taken.texts)
        assert JOIN not in texts
        if "/join/" in texts.replace("\r\n ", ""):  # a link may be folded
            assert Participant.objects.filter(mailbox=taken.mailbox, status="confirmed").exists()
        for uid in uids_in(taken.content):
            assert Invitation.objects.get(uid=uid.partition("@")[0]).session.ends_at > taken.at

    def should_have(self) -> dict[str, set[Shown]]:
        """Counted from the rows alone: one entry for each session of somebody confirmed, in the language of the first on the mailbox."""
        entries: dict[tuple[str, int], Shown] = {}
        for person in Participant.objects.filter(status="confirmed").order_by("pk"):
            for session in person.sessions.filter(is_cancelled=False, ends_at__gt=self.now):
                title = f"{getattr(self.meeting, f'title_{person.language}')}: {getattr(session, f'title_{person.language}')}"
                entries.setdefault((person.mailbox, session.pk), (title, session.starts_at, session.ends_at))
        expected: dict[str, set[Shown]] = defaultdict(set)
        for (mailbox, _session), shown in entries.items():
            expected[mailbox].add(shown)
        return dict(expected)

    @invariant()
    def no_calendar_has_anything_to_complain_about(self) -> None:
        assert [fault for calendar in self.calendars.values() for fault in calendar.faults] == []

    @invariant()
    def a_mail_that_left_twice_is_the_same_mail(self) -> None:
        copies = Counter(taken.message_id for taken in self.office.taken)
        assert max(copies.values(), default=0) <= 2
        assert len({(taken.message_id, calendar_in(taken.content)) for taken in self.office.taken}) == len(copies)

    def done(self, call: Callable[[datetime], Any]) -> Any:
        self.now += timedelta(minutes=1)
        try:
            return call(self.now)
        except DomainError:
            return None

    def teardown(self) -> None:
        try:
            self.everything_leaves()
        finally:
            self.forget()

    def forget(self) -> None:
        transaction.set_rollback(True)
        self.example.__exit__(None, None, None)


def still_owed() -> QuerySet[OutboxMessage]:
    """What is on its way to a calendar; a mail in doubt is repeated once."""
    on_its_way = Q(status__in=["queued", "sending"]) | Q(status="uncertain", repeats=0)
    return OutboxMessage.objects.filter(on_its_way, session__isnull=False)


def uid_of(invitation: Invitation) -> str:
    return f"{invitation.uid}@dialogo.example.org"


def uids_in(mail: bytes) -> set[str]:
    octets = calendar_in(mail)
    return {event["uid"]["value"] for event in ical_js.read(octets)["events"]} if octets else set()


ANA = {"email": "ana@example.org", "language": "en", "sessions": frozenset({1})}
OTHER_ANA = {"email": "ana@example.org", "language": "es", "sessions": frozenset({1, 2})}
LIVES: dict[str, Callable[[Calendars], Any]] = {
    "died before, withdrawn": lambda life: (life.a_worker_runs([DIE_BEFORE]), life.act(0, "withdraw")),
    "died before, moved": lambda life: (life.a_worker_runs([DIE_BEFORE]), life.move(1, 1)),
    "withdrawn, died before, signed up": lambda life: (
        life.everything_leaves(),
        life.act(0, "withdraw"),
        life.a_worker_runs([DIE_BEFORE]),
        life.sign_up([ANA], "geneva_mission"),
    ),
    "died after, withdrawn": lambda life: (life.a_worker_runs([DIE_AFTER]), life.act(0, "withdraw")),
    "died after, moved": lambda life: (life.a_worker_runs([DIE_AFTER]), life.move(1, 1)),
    "died after, renamed": lambda life: (life.a_worker_runs([DIE_AFTER]), life.amend(0, {"family_names": "Paz"})),
    "died after, in another language": lambda life: (life.a_worker_runs([DIE_AFTER]), life.switch_language(0, "es")),
    "died after, at another address": lambda life: (life.a_worker_runs([DIE_AFTER]), life.amend(0, {"email": "rosa@example.org"})),
    "died after, joined by another": lambda life: (
        life.a_worker_runs([DIE_AFTER]),
        life.sign_up([OTHER_ANA], "geneva_mission"),
        life.act(0, "withdraw"),
    ),
    "died after, withdrawn and signed up": lambda life: (
        life.a_worker_runs([DIE_AFTER]),
        life.act(0, "withdraw"),
        life.sign_up([ANA], "geneva_mission"),
    ),
    "moved, died after, withdrawn": lambda life: (
        life.everything_leaves(),
        life.move(1, 1),
        life.a_worker_runs([DIE_AFTER]),
        life.act(0, "withdraw"),
    ),
    "withdrawn, died after, signed up": lambda life: (
        life.everything_leaves(),
        life.act(0, "withdraw"),
        life.a_worker_runs([DIE_AFTER]),
        life.sign_up([ANA], "geneva_mission"),
    ),
}


@pytest.fixture(autouse=True)
def all_mail_goes_to_the_post_office(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "tests.post_office.Backend"


@pytest.mark.django_db
@pytest.mark.parametrize("name", LIVES)
def test_a_life_in_which_a_worker_died_ends_well(name: str) -> None:
    """What the random lives come upon too seldom."""
    life = Calendars()
    try:
        life.begin(guests=[ANA])
        LIVES[name](life)
        life.everything_leaves()
        life.no_calendar_has_anything_to_complain_about()
        life.a_mail_that_left_twice_is_the_same_mail()
    finally:
        life.forget()


@pytest.mark.django_db
def test_every_calendar_shows_what_its_mailbox_should_have() -> None:
    run_state_machine_as_test(
        Calendars,
        settings=profile(
            max_examples=EXAMPLES or 16,
            stateful_step_count=STEPS,
            derandomize=not EXAMPLES,
            deadline=None,
            database=None,
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )
