"""Seats of the meeting, of a type and of a delegation: refused or waiting, with the reason and what is left."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils.translation import override

from registrations.details import PARTICIPANT, PUBLIC
from registrations.enums import Limit, MessageKind, Status
from registrations.errors import NoSeatsLeft, SeatsMissing, TransitionNotAllowed
from registrations.links import participant_token
from registrations.models import Delegation, HistoryEntry, Meeting, OutboxMessage, Participant, Submission
from registrations.operations.promote import promote
from registrations.operations.register import register
from registrations.operations.rejoin import rejoin
from registrations.operations.resend import resend
from registrations.operations.withdraw import withdraw
from registrations.queries.seating import tightest_for
from registrations.rules.capacity import Room
from tests.mail_rows import owed, rendered
from tests.make import (
    NOW,
    ORGANIZER,
    a_meeting,
    a_participant,
    a_pending_participant,
    a_person,
    a_sign_up,
    an_entity,
    confirmed,
    participants_of,
    sign_up,
    status_of,
)
from tests.web_form import GENEVA, ORGANIZATION, open_form, sentences, somebody, soup

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


def a_meeting_that_refuses(meeting_seats: int | None = None, **limits: Any) -> Meeting:
    """No type keeps a waiting list; `limits` are those of every type."""
    meeting = a_meeting(seats=meeting_seats, slug="dialogue")
    meeting.delegation_types.update(keeps_waiting_list=False, **limits)
    return meeting


def written() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Participant, Delegation, Submission, HistoryEntry, OutboxMessage))


def words(page: Any) -> str:
    return " ".join(page.text.split())


# --- refused -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("seats", "limits", "sentence"),
    [
        (None, {"seats_per_delegation": 3}, "This delegation may have 3 participants at most."),
        (None, {"seats": 3}, "There are 3 seats for all delegations of this type together."),
        (3, {}, "The meeting has 3 seats."),
        (3, {"seats": 3, "seats_per_delegation": 3}, "This delegation may have 3 participants at most."),
        (3, {"seats": 5, "seats_per_delegation": 4}, "The meeting has 3 seats."),
    ],
)
def test_a_form_with_more_people_than_seats_is_refused_as_a_whole_with_the_number_left(seats, limits, sentence):
    meeting = a_meeting_that_refuses(seats, **limits)
    sign_up(meeting, a_person(), a_person())
    before = written()

    with pytest.raises(SeatsMissing) as refusal:
        sign_up(meeting, a_person(), a_person())

    assert str(refusal.value) == f"{sentence} 1 seat is left and the form has 2 persons. Nothing has been recorded: register fewer persons."
    assert written() == before
    assert sign_up(meeting, a_person()).lines[0]["status"] == Status.CONFIRMED


def test_the_refusal_counts_in_spanish_as_well():
    meeting = a_meeting_that_refuses(seats_per_delegation=3)
    sign_up(meeting, a_person())

    with pytest.raises(SeatsMissing) as refusal:
        sign_up(meeting, *(a_person() for _ in range(3)))
    with override("es"):
        assert str(refusal.value) == (
            "Esta delegación puede inscribir a 3 participantes como máximo. Quedan 2 plazas y en el formulario figuran 3 personas. "
            "No se ha registrado nada: inscriba a menos personas."
        )


def test_when_no_seat_is_left_one_person_is_refused_too():
    meeting = a_meeting_that_refuses(1)
    sign_up(meeting, a_person())

    with pytest.raises(SeatsMissing) as refusal:
        sign_up(meeting, a_person())

    assert str(refusal.value) == "The meeting has 1 seat. No seat is left. Nothing has been recorded."


def test_a_limit_raised_while_the_form_was_on_its_way_counts():
    meeting = a_meeting(slug="dialogue")
    meeting.delegation_types.update(seats=1)
    geneva = meeting.delegation_types.get(code="geneva_mission")
    sign_up(meeting, a_person())
    meeting.delegation_types.update(seats=2)

    answer = register(geneva, details=a_sign_up(a_person()), actor=PUBLIC, now=NOW)

    assert answer.lines[0]["status"] == Status.CONFIRMED


def test_a_form_sent_twice_gets_its_first_answer_although_it_took_the_last_seat():
    meeting = a_meeting_that_refuses(2)
    an_entity()
    details, geneva = a_sign_up(a_person(), a_person()), meeting.delegation_types.get(code="geneva_mission")

    first, second = (register(geneva, details=details, actor=PUBLIC, now=NOW) for _ in range(2))

    assert first.lines == second.lines


def test_a_full_meeting_does_not_tell_who_is_registered():
    meeting, person = a_meeting_that_refuses(1), a_person()
    sign_up(meeting, person)
    refusals = []

    for somebody_or_other in (person, a_person()):
        with pytest.raises(SeatsMissing) as refusal:
            sign_up(meeting, somebody_or_other)
        refusals.append(str(refusal.value))

    assert refusals[0] == refusals[1]


def test_those_to_be_reviewed_are_refused_only_when_no_seat_at_all_is_left():
    meeting = a_meeting_that_refuses(1)
    many = sign_up(meeting, a_person(), a_person(), type_code="organization", entity="", organization="Red")
    assert [status_of(each) for each in participants_of(many)] == [Status.PENDING, Status.PENDING]

    confirmed(participants_of(many)[0])

    with pytest.raises(SeatsMissing):
        a_pending_participant(meeting)


@pytest.mark.parametrize("status", [Status.PENDING, Status.DECLINED, Status.WAITING])
def test_without_a_waiting_list_a_confirmation_finds_no_seat_and_changes_nothing(status):
    meeting = a_meeting(seats=1)
    pending = a_pending_participant(meeting, given_names="Ana", family_names="Ruiz")
    a_participant(meeting)
    meeting.delegation_types.update(keeps_waiting_list=False)
    Participant.objects.filter(pk=pending.pk).update(status=status)
    before = written()

    with pytest.raises(NoSeatsLeft) as refusal:
        confirmed(pending)

    assert str(refusal.value) == "No seat is left for Ana Ruiz. The meeting has 1 seat. The registration stays as it is."
    assert (status_of(pending), written()) == (status, before)


def test_what_cannot_be_confirmed_at_all_is_not_blamed_on_the_seats():
    participant = a_participant(a_meeting_that_refuses(1))

    with pytest.raises(TransitionNotAllowed):
        confirmed(participant)


@pytest.mark.parametrize("newcomer", [a_participant, a_pending_participant])
def test_nobody_comes_back_to_a_full_meeting_without_a_waiting_list(newcomer):
    meeting = a_meeting(seats=1)
    participant = newcomer(meeting)
    withdraw(participant, actor=PARTICIPANT, now=NOW)
    a_participant(meeting)
    meeting.delegation_types.update(keeps_waiting_list=False)
    before = written()

    with pytest.raises(NoSeatsLeft):
        rejoin(participant, actor=PARTICIPANT, now=LATER)

    assert (status_of(participant), written()) == (Status.WITHDRAWN, before)


def test_while_there_is_a_seat_somebody_comes_back():
    participant = a_participant(a_meeting_that_refuses(1))
    withdraw(participant, actor=PARTICIPANT, now=NOW)

    assert rejoin(participant, actor=PARTICIPANT, now=LATER).status == Status.CONFIRMED


def test_somebody_who_waits_already_gets_the_seat_although_the_list_was_closed_meanwhile():
    meeting = a_meeting(seats=1)
    first, second, third = (a_participant(meeting, now=NOW + timedelta(minutes=minute)) for minute in range(3))
    meeting.delegation_types.update(keeps_waiting_list=False)

    promote(third, reason="Speaks first.", actor=ORGANIZER, now=LATER)
    withdraw(first, actor=PARTICIPANT, now=LATER)
    assert [status_of(each) for each in (second, third)] == [Status.WAITING, Status.CONFIRMED]
    withdraw(third, actor=PARTICIPANT, now=LATER)
    assert status_of(second) == Status.CONFIRMED


def test_the_refused_form_keeps_what_was_typed_and_says_the_number(client):
    with time_machine.travel(NOW, tick=False) as clock:
        an_entity()
        meeting = a_meeting_that_refuses(1)
        values = open_form(client, f"/en/dialogue/{GENEVA}", **somebody(1), **{"participants-TOTAL_FORMS": "2"})
        clock.shift(timedelta(minutes=1))
        page = client.post(f"/en/dialogue/{GENEVA}", values)

    assert sentences(page) == [
        "The meeting has 1 seat. 1 seat is left and the form has 2 persons. Nothing has been recorded: register fewer persons."
    ]
    assert soup(page).select_one("[name=participants-1-email]")["value"] == values["participants-1-email"]
    assert not Delegation.objects.filter(type__meeting=meeting).exists()


# --- waiting -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("seats", "limits", "full"), [(1, {"seats": 1, "seats_per_delegation": 1}, "delegation"), (1, {"seats": 1}, "type"), (1, {"seats": 2}, "meeting")]
)
def test_who_waits_is_told_which_limit_is_full_and_their_place(seats, limits, full):
    meeting = a_meeting(seats=seats)
    meeting.delegation_types.update(**limits)

    submission = sign_up(meeting, *(a_person() for _ in range(3)))

    assert [line.get("full") for line in submission.lines] == [None, full, full]
    assert [owed(each, MessageKind.WAITING).facts for each in participants_of(submission)[1:]] == [
        {"full": full, "place": 1},
        {"full": full, "place": 2},
    ]


def test_the_place_counts_only_those_who_wait_for_the_same_seats():
    meeting = a_meeting(seats=2)
    meeting.delegation_types.update(seats_per_delegation=1)
    sign_up(meeting, *(a_person() for _ in range(3)), entity="PE")
    sign_up(meeting, a_person(), a_person(), entity="EC")

    last = participants_of(sign_up(meeting, a_person(), entity="AR"))[0]

    waiting = Participant.objects.filter(status=Status.WAITING, delegation__entity__code="EC").get()
    assert owed(waiting, MessageKind.WAITING).facts == {"full": Limit.DELEGATION, "place": 1}
    assert owed(last, MessageKind.WAITING).facts == {"full": Limit.MEETING, "place": 4}


def test_who_is_registered_already_leaves_no_gap_in_the_places():
    meeting, person = a_meeting(seats=0), a_person()
    sign_up(meeting, person)

    answer = sign_up(meeting, person, a_person(), now=LATER)

    assert [line["full"] for line in answer.lines] == ["meeting", "meeting"]
    assert owed(participants_of(answer)[1], MessageKind.WAITING).facts == {"full": "meeting", "place": 2}


def test_a_confirmation_that_finds_no_seat_tells_the_place_in_order_of_arrival():
    meeting = a_meeting(seats=1)
    early = a_pending_participant(meeting)
    seated, late = a_participant(meeting, now=LATER), a_participant(meeting, now=LATER)

    assert confirmed(early, now=LATER).status == Status.WAITING
    assert owed(early, MessageKind.WAITING).facts == {"full": "meeting", "place": 1}
    withdraw(seated, actor=PARTICIPANT, now=LATER)
    assert [status_of(each) for each in (early, late)] == [Status.CONFIRMED, Status.WAITING]


def test_coming_back_and_sending_again_tell_the_place_of_that_moment():
    meeting = a_meeting(seats=1)
    first, second = a_participant(meeting), a_participant(meeting)
    withdraw(first, actor=PARTICIPANT, now=NOW)
    third = a_participant(meeting, now=NOW + timedelta(minutes=1))
    rejoin(first, actor=PARTICIPANT, now=LATER)
    assert owed(first, MessageKind.WAITING).facts == {"full": "meeting", "place": 2}
    withdraw(third, actor=PARTICIPANT, now=LATER)

    resend(first, actor=ORGANIZER, now=LATER + timedelta(hours=1))

    assert owed(first, MessageKind.WAITING).facts == {"full": "meeting", "place": 1}
    assert status_of(second) == Status.CONFIRMED


def test_a_promotion_counts_until_the_seat_is_there_and_not_after_coming_back():
    meeting = a_meeting(seats=1)
    first, second, third = (a_participant(meeting, now=NOW + timedelta(minutes=minute)) for minute in range(3))
    promote(third, reason="Speaks first.", actor=ORGANIZER, now=LATER)
    withdraw(first, actor=PARTICIPANT, now=LATER)
    withdraw(third, actor=PARTICIPANT, now=LATER)
    assert status_of(second) == Status.CONFIRMED
    fourth = a_participant(meeting, now=LATER)

    rejoin(third, actor=PARTICIPANT, now=LATER + timedelta(minutes=1))
    withdraw(second, actor=PARTICIPANT, now=LATER + timedelta(minutes=2))

    assert [status_of(each) for each in (third, fourth)] == [Status.WAITING, Status.CONFIRMED]


@pytest.mark.parametrize(
    ("limits", "language", "sentence"),
    [
        ({"seats_per_delegation": 0}, "en", "All the seats that this delegation may have are taken. Your place in the queue at present: 1."),
        ({"seats": 0}, "en", "All the seats for delegations of this type are taken. Your place in the queue at present: 1."),
        ({}, "es", "Todas las plazas de la reunión están ocupadas. Su puesto actual en la lista de espera: 1."),
    ],
)
def test_mail_and_page_say_why_somebody_waits(client, limits, language, sentence):
    meeting = a_meeting(seats=0)
    meeting.delegation_types.update(**limits)
    participant = a_participant(meeting, language=language)

    letter = rendered(owed(participant, MessageKind.WAITING))
    with time_machine.travel(NOW):
        page = soup(client.get(f"/{language}/p/{participant_token(participant)}/"))

    assert sentence in " ".join(letter.body.split())
    assert sentence in words(page.select_one(".notice"))


def test_a_waiting_mail_owed_before_the_reason_was_kept_is_still_sent():
    message = owed(a_participant(a_meeting(seats=0), language="en"), MessageKind.WAITING)
    message.facts = {}

    assert "place in the queue" not in rendered(message).body


def test_the_answer_to_the_form_says_what_is_full(client):
    with time_machine.travel(NOW, tick=False) as clock:
        an_entity()
        a_meeting(slug="dialogue").delegation_types.update(seats_per_delegation=0)
        values = open_form(client, f"/en/dialogue/{GENEVA}")
        clock.shift(timedelta(minutes=1))
        page = soup(client.post(f"/en/dialogue/{GENEVA}", values))

    assert words(page.select_one(".lead")) == (
        "All the seats that this delegation may have are taken. Whoever is on the waiting list will receive an e-mail as soon as a seat becomes free."
    )


# --- what is left ------------------------------------------------------------------------------------------------------
def seats_as_shown(client, path: str) -> list[str]:
    with time_machine.travel(NOW):
        page = soup(client.get(f"/en/dialogue/{path}"))
    return [words(found) for found in page.select(".doors .note, .seats-left")]


def test_without_a_limit_nothing_is_said_about_seats(client):
    a_meeting(slug="dialogue")

    assert (seats_as_shown(client, "register/"), seats_as_shown(client, GENEVA)) == ([], [])


def test_each_type_says_what_the_tighter_limit_leaves(client):
    meeting = a_meeting(slug="dialogue", seats=5)
    meeting.delegation_types.filter(code="geneva_mission").update(seats=2, seats_per_delegation=3)
    meeting.delegation_types.filter(code="oas_observer").update(seats=0, keeps_waiting_list=False)
    meeting.delegation_types.filter(code="organization").update(seats=0, seats_per_delegation=1)
    a_participant(meeting)

    assert seats_as_shown(client, "register/") == [
        "1 seat is left. At most 3 participants per delegation.",
        "All seats are taken: registration is possible again when one becomes free.",
        "All seats are taken at present: whoever registers now waits for one to become free. At most 1 participant per delegation.",
    ]
    assert seats_as_shown(client, GENEVA) == ["1 seat is left. At most 3 participants per delegation."]


def test_how_full_a_delegation_is_cannot_be_seen_before_signing_up(client):
    a_meeting(slug="dialogue").delegation_types.update(seats_per_delegation=3)
    before = seats_as_shown(client, GENEVA), seats_as_shown(client, "register/")

    a_participant(Meeting.objects.get())

    assert (seats_as_shown(client, GENEVA), seats_as_shown(client, "register/")) == before
    assert before[0] == ["At most 3 participants per delegation."]


@pytest.mark.parametrize(("path", "count"), [("register/", 3), (GENEVA, 5), (ORGANIZATION, 5)])
@pytest.mark.parametrize("people", [1, 3])
def test_a_limit_costs_the_public_pages_one_statement_more(client, django_assert_num_queries, path, count, people):
    meeting = a_meeting(slug="dialogue", seats=10)
    sign_up(meeting, *(a_person() for _ in range(people)))

    with time_machine.travel(NOW), django_assert_num_queries(count):
        client.get(f"/en/dialogue/{path}")


@pytest.mark.parametrize("people", [1, 3])
def test_the_page_of_somebody_who_waits_costs_two_statements_more(client, django_assert_num_queries, people):
    participant = participants_of(sign_up(a_meeting(seats=0), *(a_person() for _ in range(people))))[0]

    with time_machine.travel(NOW), django_assert_num_queries(5):
        client.get(f"/en/p/{participant_token(participant)}/")


def test_a_delegation_learns_what_is_left_under_the_limit_that_leaves_least(django_assert_num_queries):
    meeting = a_meeting(seats=5)
    meeting.delegation_types.filter(code="geneva_mission").update(seats=4, seats_per_delegation=2)
    sign_up(meeting, *(a_person() for _ in range(3)), entity="PE")
    sign_up(meeting, a_person(), entity="EC")
    delegation = Delegation.objects.select_related("type__meeting").get(entity__code="EC")

    with django_assert_num_queries(1):
        room = tightest_for(delegation)

    assert room == Room(Limit.DELEGATION, 2, 1)
