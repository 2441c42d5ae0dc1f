"""At the door: a badge is scanned or a reference is typed, and whoever carries it is present."""

from datetime import timedelta

import pytest
import segno
from django.http import HttpResponse
from django.test import Client

from registrations.links import check_in_url
from registrations.models import HistoryEntry, Meeting, Participant, Presence, Session
from registrations.rules.references import reference_in
from tests.desk_rows import PARTICIPANTS, a_desk, an_organizer, desk_of
from tests.make import NOW, a_meeting, a_participant, a_pending_participant
from tests.test_desk_spanish import english_left
from tests.web_form import soup

pytestmark = pytest.mark.django_db
PAGE = f"{PARTICIPANTS}check-in/"


@pytest.fixture
def meeting(time_machine) -> Meeting:
    time_machine.move_to(NOW, tick=False)
    return a_meeting()


@pytest.fixture
def session(meeting, time_machine) -> Session:
    """The first session, whose doors are open."""
    first = meeting.sessions.get(number=1)
    time_machine.move_to(first.starts_at - timedelta(minutes=30), tick=False)
    return first


def checked_in(desk: Client, session: Session, text: str, **more: str) -> HttpResponse:
    return desk.post(PAGE, {"session": session.pk, "reference": text, **more}, follow=True)


def present(session: Session) -> list[str]:
    return list(Participant.objects.filter(presences__session=session).values_list("reference", flat=True))


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("K7QD-2M9X", "K7QD-2M9X"),
        (" k7qd2m9x\n", "K7QD-2M9X"),
        ("k7qd'2m9x", "K7QD-2M9X"),
        ("K7QD 2M9X", "K7QD-2M9X"),
        ("https://meetings.example.org/admin/registrations/participant/check-in/?reference=K7QD-2M9X", "K7QD-2M9X"),
        ("K7QD-2M9", ""),
        ("K7QD-2M9XX", ""),
        ("K7QO-2M9X", ""),
        ("", ""),
    ],
)
def test_a_reference_is_found_in_whatever_was_typed_or_scanned(text, reference):
    assert reference_in(text) == reference


def test_whoever_comes_is_recorded_and_the_page_waits_for_the_next(session, meeting):
    person, desk = a_participant(meeting, given_names="Ana", family_names="Núñez"), a_desk()

    answer = checked_in(desk, session, person.reference.lower())

    page = soup(answer)
    assert present(session) == [person.reference]
    assert "Present: Sra. Ana Núñez, Peru." in page.select_one(".messagelist").get_text()
    assert answer.redirect_chain[-1][0] == f"{PAGE}?session={session.pk}"
    assert page.select_one("#id_session option[selected]")["value"] == str(session.pk)
    assert (page.select_one("#id_reference").get("value", ""), page.select_one("#id_reference").has_attr("autofocus")) == ("", True)
    assert HistoryEntry.objects.filter(participant=person, event="attend", actor="Eva Jefa").count() == 1


def test_twice_at_the_door_counts_once_and_says_so(session, meeting):
    person, desk = a_participant(meeting), a_desk()
    checked_in(desk, session, person.reference)

    answer = checked_in(desk, session, check_in_url(person.reference))

    assert Presence.objects.count() == 1
    assert "was checked in already" in answer.content.decode()


def test_the_last_one_can_be_taken_back(session, meeting):
    person, desk = a_participant(meeting), a_desk()
    form = soup(checked_in(desk, session, person.reference)).select_one("form.decisions")

    answer = desk.post(PAGE, {field["name"]: field["value"] for field in form.select("input, button")}, follow=True)

    assert present(session) == []
    assert "is not recorded as present any more" in answer.content.decode()
    assert soup(answer).select("form.decisions") == []


def test_the_address_of_a_badge_opens_the_page_and_records_nothing_yet(session, meeting):
    person = a_participant(meeting)

    page = soup(a_desk().get(check_in_url(person.reference).removeprefix("http://localhost")))

    assert page.select_one("#id_reference")["value"] == person.reference
    assert present(session) == []
    assert segno.make_qr(check_in_url(person.reference), error="m").version <= 6


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Type or scan a reference."),
        ("hello", "This is no reference."),
        ("ZZZZ-9999", "Nobody at this meeting has this reference."),
    ],
)
def test_what_leads_to_nobody_is_said_and_kept(session, meeting, text, sentence):
    answer = checked_in(a_desk(), session, text)

    assert sentence in answer.content.decode()
    assert soup(answer).select_one("#id_reference").get("value", "") == text
    assert present(session) == []


def test_somebody_of_another_meeting_or_not_confirmed_is_not_let_in(session, meeting):
    stranger, pending, desk = a_participant(a_meeting()), a_pending_participant(meeting), a_desk()

    assert "Nobody at this meeting has this reference." in checked_in(desk, session, stranger.reference).content.decode()
    assert "is not confirmed (under review)" in checked_in(desk, session, pending.reference).content.decode()
    assert present(session) == []


def test_doors_open_three_hours_before(meeting, time_machine):
    first = meeting.sessions.get(number=1)
    time_machine.move_to(first.starts_at - timedelta(hours=3, minutes=1), tick=False)
    desk = a_desk()

    assert "No session begins within three hours or has begun." in desk.get(PAGE).content.decode()
    time_machine.move_to(first.starts_at - timedelta(hours=3), tick=False)
    assert soup(desk.get(PAGE)).select_one("#id_session option")["value"] == str(first.pk)


def test_the_page_is_for_those_who_may_change_participants_and_spanish_throughout(session, meeting):
    person = a_participant(meeting)

    assert desk_of(an_organizer("view_participant")).get(PAGE).status_code == 403
    assert english_left(checked_in(a_desk(language="es"), session, person.reference).content.decode()) == set()


def test_a_check_in_costs_the_same_whatever_the_meetings_size(session, meeting, django_assert_num_queries):
    people, desk = [a_participant(meeting) for _ in range(3)], a_desk()
    desk.get(PAGE)

    for person in people:
        with django_assert_num_queries(16):
            desk.post(PAGE, {"session": session.pk, "reference": person.reference})
