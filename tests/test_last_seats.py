"""Forty people press "Register" at the same moment, and ten seats are left; others withdraw or are put first meanwhile."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from registrations.details import PUBLIC
from registrations.errors import NotWaiting, SeatsMissing, TransitionNotAllowed
from registrations.forms.form_seal import new_seal
from registrations.models import HistoryEntry, Meeting, OutboxMessage, Participant, Submission
from registrations.operations.promote import promote
from registrations.operations.register import register
from registrations.operations.withdraw import withdraw
from tests.make import NOW, ORGANIZER, a_meeting, a_person, a_sign_up, an_entity, sign_up
from tests.places import overfull, passed_over
from tests.web_form import GENEVA, open_form, somebody, soup

pytestmark = pytest.mark.django_db(transaction=True)
CROWD = 40


@pytest.fixture
def meeting() -> Meeting:
    an_entity("PE", "Peru", "Perú")
    meeting = a_meeting(slug="dialogue", seats=15, registration_closes_at=None)
    year = timezone.now().year + 1
    for session in meeting.sessions.all():
        session.starts_at, session.ends_at = session.starts_at.replace(year=year), session.ends_at.replace(year=year)
        session.save()
    sign_up(meeting, *(a_person() for _ in range(5)))
    return meeting


def at_once(call, arguments: list) -> list:
    """Call for each argument in a thread of its own, all let go together."""
    barrier = Barrier(len(arguments))

    def one(argument):
        try:
            barrier.wait()
            return call(argument)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(arguments)) as pool:
        return list(pool.map(one, arguments))


def test_forty_sign_ups_for_ten_seats_confirm_ten_and_put_thirty_on_the_waiting_list(meeting, settings):
    settings.SIGN_UPS_PER_ADDRESS_AND_HOUR = 1000
    path = f"/en/dialogue/{GENEVA}"
    forms = [open_form(Client(), path, **somebody(0, email=f"person{index}@example.org")) for index in range(CROWD)]
    pages = at_once(lambda form: Client().post(path, form), [a_minute_old(form) for form in forms])

    assert [page.status_code for page in pages] == [200] * CROWD
    answers = Counter(soup(page).select_one(".people .status").text for page in pages)
    assert answers == {"Confirmed": 10, "On the waiting list": 30}
    assert Counter(Participant.objects.values_list("status", flat=True)) == {"confirmed": 15, "waiting": 30}
    places = sorted(Participant.objects.values_list("order", flat=True))
    assert places == list(range(1, 46))


def test_forty_sign_ups_and_fifteen_withdrawals_leave_no_seat_empty_and_none_taken_twice(meeting):
    leaving = list(Participant.objects.all())
    geneva = meeting.delegation_types.get(code="geneva_mission")

    def sign_up_or_withdraw(subject):
        if isinstance(subject, Participant):
            return withdraw(subject, actor=PUBLIC, now=NOW)
        return register(geneva, details=subject, actor=PUBLIC, now=NOW)

    at_once(sign_up_or_withdraw, [*leaving, *(a_sign_up(a_person()) for _ in range(CROWD))])

    assert Counter(Participant.objects.values_list("status", flat=True)) == {"confirmed": 15, "waiting": 25, "withdrawn": 5}


def test_sixty_sign_ups_withdrawals_and_promotions_keep_every_limit_and_leave_no_place_empty(meeting):
    """The meeting, one type and each delegation are limited; all are full and somebody waits for each of them."""
    Meeting.objects.update(seats=16)
    meeting.delegation_types.filter(code="geneva_mission").update(seats=12, seats_per_delegation=5)
    meeting.delegation_types.filter(code="oas_observer").update(seats_per_delegation=3)
    places = [("geneva_mission", code) for code in ("EC", "CL", "CO")] + [("oas_observer", code) for code in ("FR", "IT", "ES")]
    for code in ("FR", "IT", "ES"):
        an_entity(code, groups=["oas_permanent_observer"])
    for type_code, entity in places:
        sign_up(meeting, *(a_person() for _ in range(5)), type_code=type_code, entity=entity)
    seated, waiting = (list(meeting.participants.filter(status=status).order_by("pk")) for status in ("confirmed", "waiting"))
    types = {each.code: each for each in meeting.delegation_types.all()}
    newcomers = [(types[type_code], a_sign_up(a_person(), entity=entity)) for type_code, entity in places * 5]
    assert (overfull(meeting), passed_over(meeting), len(seated)) == ({}, [], 16)

    calls = [partial(withdraw, each, actor=PUBLIC, now=NOW) for each in [*seated[:12], *waiting[:3]]]
    calls += [partial(promote, each, reason="Speaks first.", actor=ORGANIZER, now=NOW) for each in waiting[:15]]
    calls += [partial(register, each, details=details, actor=PUBLIC, now=NOW) for each, details in newcomers]
    assert len(calls) == 60
    at_once(unless_refused, calls)

    assert (overfull(meeting), passed_over(meeting)) == ({}, [])
    assert meeting.participants.filter(status="confirmed").count() == 16
    assert meeting.participants.filter(status="withdrawn").count() == 15
    assert meeting.participants.count() == 5 + 6 * 5 + 30
    for person in meeting.participants.filter(status="confirmed"):
        assert person.outbox.filter(kind="invitation").count() == 2


def test_sixty_forms_of_two_for_eleven_seats_without_a_waiting_list_are_taken_or_refused_as_a_whole(meeting):
    """One seat stays empty, as no form fits into it, and nobody waits for it."""
    Meeting.objects.update(seats=16)
    meeting.delegation_types.update(keeps_waiting_list=False)
    geneva = meeting.delegation_types.get(code="geneva_mission")
    calls = [partial(register, geneva, details=a_sign_up(a_person(), a_person()), actor=PUBLIC, now=NOW) for _ in range(60)]

    answers = at_once(unless_refused, calls)

    assert Counter(type(answer) for answer in answers) == {Submission: 5, SeatsMissing: 55}
    assert Counter(Participant.objects.values_list("status", flat=True)) == {"confirmed": 15}


def unless_refused(call):
    """What the call answers, or how it was refused because another one came first."""
    try:
        return call()
    except (NotWaiting, SeatsMissing, TransitionNotAllowed) as refusal:
        return refusal


def test_one_form_sent_twenty_times_at_once_counts_once(meeting):
    geneva = meeting.delegation_types.get(code="geneva_mission")
    before = Participant.objects.count()
    details = a_sign_up(a_person(), a_person())

    answers = at_once(lambda _: register(geneva, details=details, actor=PUBLIC, now=NOW), list(range(20)))

    assert all(answer.lines == answers[0].lines for answer in answers)
    assert Participant.objects.count() == before + 2
    assert (Submission.objects.count(), HistoryEntry.objects.count(), OutboxMessage.objects.count()) == (2, 7, 14)


def a_minute_old(form: dict) -> dict:
    """The form as if it had been on the screen for a minute."""
    return form | {"seal": new_seal(now=timezone.now() - timedelta(minutes=1))}
