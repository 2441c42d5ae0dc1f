"""What a participant's page says of the next session, minute by minute."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from registrations.enums import Status
from registrations.links import participant_token
from registrations.models import Participant, Session
from tests.make import NOW, a_meeting, a_participant, a_pending_participant, an_entity, confirmed
from tests.web_form import soup

pytestmark = pytest.mark.django_db
BEGINS = datetime(2027, 2, 10, 14, 0, tzinfo=UTC)
ROOM = "https://meet.example.org/secret-room"
SECOND, MINUTE, HOUR, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def meeting(clock):
    return a_meeting(slug="dialogue", join_url=ROOM)


def page_of(client, participant, language="en"):
    return soup(client.get(f"/{language}/p/{participant_token(participant)}/"))


def block_of(client, participant, language="en"):
    return page_of(client, participant, language).select_one("#countdown")


def words_of(element):
    return " ".join(element.text.split())


@pytest.mark.parametrize(
    ("left", "english", "spanish"),
    [
        (2 * DAY + 3 * HOUR, "It begins in 2 days and 3 hours.", "Comienza dentro de 2 días y 3 horas."),
        (DAY + HOUR + 59 * MINUTE, "It begins in 1 day and 1 hour.", "Comienza dentro de 1 día y 1 hora."),
        (DAY, "It begins in 1 day.", "Comienza dentro de 1 día."),
        (3 * HOUR + MINUTE, "It begins in 3 hours and 1 minute.", "Comienza dentro de 3 horas y 1 minuto."),
        (HOUR - SECOND, "It begins in 1 hour.", "Comienza dentro de 1 hora."),
        (SECOND, "It begins in 1 minute.", "Comienza dentro de 1 minuto."),
        (timedelta(), "It has just begun.", "Acaba de comenzar."),
        (-59 * SECOND, "It has just begun.", "Acaba de comenzar."),
        (-MINUTE, "It began 1 minute ago.", "Comenzó hace 1 minuto."),
        (-2 * HOUR - 5 * MINUTE, "It began 2 hours and 5 minutes ago.", "Comenzó hace 2 horas y 5 minutos."),
    ],
)
def test_the_page_counts_down_to_the_next_session_in_the_readers_language(client, clock, meeting, left, english, spanish):
    person = a_participant(meeting)
    clock.move_to(BEGINS - left)

    said = [words_of(block_of(client, person, language).select_one(".time-left")) for language in ("en", "es")]

    assert said == [english, spanish]


def test_the_start_stands_on_all_clocks(client, meeting):
    block = block_of(client, a_participant(meeting))

    assert block.select_one(".when").text == "Wednesday 10 February 2027"
    assert [words_of(line) for line in block.select(".starts li")] == [
        "15:00-18:00 Geneva (GMT+1)",
        "09:00-12:00 Quito, Lima and Washington, D.C. (GMT-5)",
    ]


def test_in_the_week_when_only_washington_has_changed_its_clocks_it_stands_apart(client, clock, meeting):
    begins = datetime(2021, 3, 15, 14, 0, tzinfo=UTC)
    Session.objects.filter(number=1).update(starts_at=begins, ends_at=begins + 3 * HOUR)
    person = a_participant(meeting, sessions=frozenset({1}))
    clock.move_to(begins - DAY)

    block = block_of(client, person)

    assert [words_of(line) for line in block.select(".starts li")] == [
        "15:00-18:00 Geneva (GMT+1)",
        "09:00-12:00 Quito and Lima (GMT-5)",
        "10:00-13:00 Washington, D.C. (GMT-4)",
    ]
    assert "14:30 Geneva (GMT+1) · 08:30 Quito and Lima (GMT-5) · 09:30 Washington, D.C. (GMT-4)" in words_of(block)


@pytest.mark.parametrize(
    ("left", "links"), [(30 * MINUTE + SECOND, 0), (30 * MINUTE, 1), (29 * MINUTE, 1), (-3 * HOUR + SECOND, 1)], ids=["before", "at", "after", "last"]
)
def test_the_button_is_there_from_the_allowed_minute_on_and_no_trace_of_it_before(client, clock, meeting, left, links):
    person = a_participant(meeting)
    clock.move_to(BEGINS - left)

    page = page_of(client, person)

    assert len(page.select("#countdown a.btn[href$='/join/1/']")) == links
    assert str(page).count("/join/") == links
    assert "secret-room" not in str(page)


def test_until_then_the_page_says_when_to_come_back(client, meeting):
    block = block_of(client, a_participant(meeting))

    said = words_of(block.select_one(".note"))
    assert said == (
        "The link to join appears here at the following time: 14:30 Geneva (GMT+1) · 08:30 Quito, Lima and Washington, D.C. (GMT-5). "
        "Please reload the page then."
    )


def test_a_room_that_opens_the_day_before_is_announced_with_that_day(client, meeting):
    meeting.join_opens_minutes = 24 * 60
    meeting.save()

    assert "time: Tuesday 9 February 2027, 15:00 Geneva" in words_of(block_of(client, a_participant(meeting)).select_one(".note"))


def test_the_script_is_told_the_servers_time_and_when_to_ask_again(client, clock, meeting):
    person = a_participant(meeting)
    moments = []
    for moment in (BEGINS - DAY, BEGINS - 10 * MINUTE):
        clock.move_to(moment)
        data = block_of(client, person).attrs
        moments.append([datetime.fromisoformat(data[name]) for name in ("data-now", "data-starts", "data-changes")])

    assert moments == [
        [BEGINS - DAY, BEGINS, BEGINS - 30 * MINUTE],
        [BEGINS - 10 * MINUTE, BEGINS, BEGINS + 3 * HOUR],
    ]


def test_once_a_session_is_over_the_page_counts_to_the_next_and_after_the_last_to_none(client, clock, meeting):
    person = a_participant(meeting)

    clock.move_to(BEGINS + 3 * HOUR)
    assert block_of(client, person).h3.text == "Session 2"
    assert [words_of(note) for note in page_of(client, person).select(".attendance .note") if "over" in note.text] == ["This session is over."]
    clock.move_to(BEGINS + DAY + 3 * HOUR)
    assert block_of(client, person) is None


def test_while_one_session_runs_the_next_can_be_joined_too(client, clock, meeting):
    Session.objects.filter(number=2).update(starts_at=BEGINS + 3 * HOUR, ends_at=BEGINS + 6 * HOUR)
    person = a_participant(meeting)
    clock.move_to(BEGINS + 3 * HOUR - MINUTE)

    links = [link["href"][-7:] for link in page_of(client, person).select("a[href*='/join/']")]

    assert links == ["join/1/", "join/2/"]


def test_a_cancelled_session_is_neither_counted_to_nor_joined(client, clock, meeting):
    person = a_participant(meeting)
    Session.objects.filter(number=1).update(is_cancelled=True)
    clock.move_to(BEGINS)

    page = page_of(client, person)

    assert page.select_one("#countdown h3").text == "Session 2"
    assert words_of(page.select_one(".attendance .note")).startswith("If this session takes place after all")
    assert page.select("a[href*='/join/']") == []
    answer = client.get(f"/en/p/{participant_token(person)}/join/1/")
    assert answer["Location"] == f"/en/p/{participant_token(person)}/"


@pytest.mark.parametrize("status", [status for status in Status if status != Status.CONFIRMED])
def test_nobody_unconfirmed_sees_the_countdown(client, clock, meeting, status):
    person = a_pending_participant(meeting)
    Participant.objects.update(status=status)
    clock.move_to(BEGINS - MINUTE)

    assert block_of(client, person) is None


def test_a_meeting_without_a_room_counts_down_without_one(client, meeting):
    meeting.join_url = ""
    meeting.save()

    block = block_of(client, a_participant(meeting))

    assert (len(block.select(".time-left")), len(block.select(".note, .room-name"))) == (1, 0)


# --- the name in the room -----------------------------------------------------------------------------------------------
def name_of(client, person, language="en"):
    return block_of(client, person, language).select_one("#room-name").text


@pytest.mark.parametrize(("language", "name"), [("en", "PERU - María Muñoz Peña"), ("es", "PERÚ - María Muñoz Peña")])
def test_the_name_for_the_room_is_in_the_participants_language_on_either_page(client, meeting, language, name):
    person = a_participant(meeting, language=language, given_names="María")

    assert [name_of(client, person, page) for page in ("en", "es")] == [name, name]


def test_an_organization_goes_by_its_acronym_and_one_that_was_typed_in_by_what_was_typed(client, meeting):
    an_entity(
        "un-oea",
        "Organization of American States",
        "Organización de los Estados Americanos",
        kind="international",
        acronym_en="OAS",
        acronym_es="OEA",
    )
    known, typed = (a_pending_participant(meeting, given_names="Ana", organization=name) for name in ("Por conocer", "Red Andina de Víctimas"))
    delegation = known.delegation
    delegation.entity_id, delegation.organization_name = (
        delegation.type._meta.apps.get_model("registrations", "Entity").objects.get(code="un-oea").pk,
        "",
    )
    delegation.save()

    names = [name_of(client, confirmed(person)) for person in (known, typed)]

    assert names == ["OEA - Ana Muñoz Peña", "RED ANDINA DE VÍCTIMAS - Ana Muñoz Peña"]


@pytest.mark.parametrize("sessions", [1, 3])
def test_the_page_costs_the_same_for_any_number_of_sessions(client, clock, sessions, django_assert_num_queries):
    person = a_participant(a_meeting(sessions=sessions, join_url=ROOM), sessions=frozenset(range(1, sessions + 1)))
    client.get(f"/en/p/{participant_token(person)}/")

    with django_assert_num_queries(3):
        client.get(f"/en/p/{participant_token(person)}/")
