"""The review queue: one screen for each person, decide, and on to the next."""

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.test import Client

from registrations.details import PARTICIPANT, Document
from registrations.enums import Likeness, Status
from registrations.errors import DecidedMeanwhile
from registrations.models import Meeting, Participant
from registrations.operations.amend import amend
from registrations.operations.confirm import confirm
from registrations.operations.decide import decide
from registrations.operations.decline import decline
from registrations.operations.submit_note import submit_note
from registrations.operations.withdraw import withdraw
from registrations.queries.duplicates import possible_duplicates
from registrations.queries.participants import person_on_record
from registrations.queries.review_queue import last_event, queue_of
from tests.desk_rows import PARTICIPANTS, a_desk, an_organizer, desk_of
from tests.make import (
    NOW,
    ORGANIZER,
    a_meeting,
    a_participant,
    a_pending_participant,
    a_person,
    an_entity,
    confirmed,
    kinds_owed_to,
    participants_of,
    sign_up,
    status_of,
)
from tests.web_form import soup

pytestmark = pytest.mark.django_db
QUEUE = f"{PARTICIPANTS}review/"
LATER = NOW + timedelta(hours=5)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(LATER, tick=True):
        yield


def a_queue(meeting: Meeting, number: int = 3) -> list[Participant]:
    return [a_pending_participant(meeting, now=NOW + timedelta(minutes=minute)) for minute in range(number)]


def a_changed_participant(meeting: Meeting) -> Participant:
    participant = confirmed(a_pending_participant(meeting, position="Asesora"))
    return amend(participant, details=replace(person_on_record(participant), position="Directora"), actor=PARTICIPANT, now=NOW + timedelta(hours=1))


def page_of(participant: Participant) -> str:
    return f"{PARTICIPANTS}{participant.pk}/review/"


def shown(desk: Client, participant: Participant) -> BeautifulSoup:
    return soup(desk.get(page_of(participant)))


def seen(page: BeautifulSoup) -> str:
    return page.select_one("input[name=seen]")["value"]


def decided(desk: Client, participant: Participant, decision: str, **typed: object) -> BeautifulSoup:
    """The page on which the organizer lands after deciding what they had before their eyes."""
    return soup(desk.post(page_of(participant), {"decision": decision, "seen": seen(shown(desk, participant)), **typed}, follow=True))


def told(page: BeautifulSoup) -> list[str]:
    return [message.text for message in page.select(".messagelist li")]


def position(page: BeautifulSoup) -> str:
    return page.select_one(".queue strong").text


# --- the way through the queue ------------------------------------------------------------------------------------------
def test_the_queue_begins_with_whoever_has_waited_longest():
    meeting = a_meeting()
    first, *_others = a_queue(meeting)
    a_queue(a_meeting(), 1)

    assert a_desk().get(f"{QUEUE}?meeting={meeting.pk}").url == page_of(first)
    assert a_desk().get(QUEUE).url == page_of(first)


def test_each_screen_says_which_of_how_many_and_leads_back_and_on():
    meeting, desk = a_meeting(), a_desk()
    first, second, third = a_queue(meeting)

    pages = [shown(desk, person) for person in (first, second, third)]

    assert [position(page) for page in pages] == ["1 of 3", "2 of 3", "3 of 3"]
    assert [[link["href"] for link in page.select(".queue a")] for page in pages] == [
        [page_of(second)],
        [page_of(first), page_of(third)],
        [page_of(second)],
    ]


def test_confirming_goes_on_to_the_next_and_ends_with_nobody():
    meeting, desk = a_meeting(), a_desk()
    first, second, third = a_queue(meeting)

    after_second = decided(desk, second, "confirm")
    assert (after_second.h1.text, position(after_second)) == (third.styled_name, "2 of 2")
    after_third = decided(desk, third, "confirm")
    assert (after_third.h1.text, position(after_third)) == (first.styled_name, "1 of 1")
    after_first = decided(desk, first, "confirm")

    assert after_first.h1.text == "Nothing waits for a decision"
    assert told(after_first) == [f"{first.styled_name}: confirmed."]
    assert [status_of(person) for person in (first, second, third)] == ["confirmed"] * 3


def test_the_list_of_those_who_wait_leads_to_the_queue():
    meeting, desk = a_meeting(), a_desk()
    a_queue(meeting, 1)

    links = [soup(desk.get(f"{PARTICIPANTS}?{query}")).select(f"a[href^='{QUEUE}']") for query in (f"decision=due&meeting={meeting.pk}", "")]

    assert [[link["href"] for link in found] for found in links] == [[f"{QUEUE}?meeting={meeting.pk}"], []]


def test_without_anybody_the_queue_says_so():
    page = soup(a_desk().get(QUEUE))

    assert "Every registration and every change has been decided." in page.text


def test_declining_takes_a_reason_in_the_persons_language():
    meeting, desk = a_meeting(), a_desk()
    person, following = a_queue(meeting, 2)

    again = decided(desk, person, "decline", reason_es=" ")

    assert again.select_one("details[data-key=d][open] .errorlist").text == "Write the reason in Spanish."
    assert status_of(person) == Status.PENDING
    assert decided(desk, person, "decline", reason_es="No figura entre los invitados.").h1.text == following.styled_name
    assert (status_of(person), kinds_owed_to(person)) == ("declined", ["received", "declined"])


def test_a_prepared_reason_is_enough_to_decline():
    meeting, desk = a_meeting(), a_desk()
    reason = meeting.prepared_reasons.create(text_en="Full.", text_es="Completo.")
    person = a_pending_participant(meeting)

    decided(desk, person, "decline", prepared=reason.pk)

    assert person.history.last().facts == {"reason": "Completo."}


def test_returning_takes_the_fields_and_a_sentence():
    meeting, desk = a_meeting(), a_desk()
    [person] = a_queue(meeting, 1)

    again = decided(desk, person, "return", **{"return-reason_es": "Escriba el cargo completo."})
    assert again.select_one("details[data-key=r][open] .errorlist").text == "Tick the data that have to be corrected."
    assert again.select_one("[name=return-reason_es]").text.strip() == "Escriba el cargo completo."

    decided(desk, person, "return", **{"return-reason_es": "Escriba el cargo completo.", "return-fields_to_correct": ["position"]})

    person.refresh_from_db()
    assert (person.status, person.correction) == ("returned", {"fields": ["position"], "note": "Escriba el cargo completo."})


def test_changes_after_the_confirmation_are_shown_and_accepted():
    meeting, desk = a_meeting(), a_desk()
    person = a_changed_participant(meeting)
    page = shown(desk, person)
    assert [cell.text for cell in page.select("section[aria-labelledby=changes-heading] tbody :is(th, td)")] == ["Position", "Asesora", "Directora"]
    assert [button["value"] for button in page.select("button[name=decision]")] == ["accept", "decline"]

    after = decided(desk, person, "accept")

    person.refresh_from_db()
    assert (told(after), person.to_review, person.status) == ([f"{person.styled_name}: the changes were accepted."], {}, "confirmed")


def test_where_no_seat_is_left_the_screen_says_what_a_confirmation_comes_to():
    meeting, desk = a_meeting(seats=1), a_desk()
    a_participant(meeting)
    [person] = a_queue(meeting, 1)
    assert "All seats are taken: whoever is confirmed now goes on the waiting list." in shown(desk, person).select_one(".verdict").text

    assert told(decided(desk, person, "confirm")) == [f"{person.styled_name}: on the waiting list."]


def test_a_refusal_stays_on_the_screen():
    meeting, desk = a_meeting(seats=0), a_desk()
    meeting.delegation_types.update(keeps_waiting_list=True)
    [person] = a_queue(meeting, 1)
    meeting.delegation_types.update(keeps_waiting_list=False)

    page = decided(desk, person, "confirm")

    assert told(page)[0].startswith(f"No seat is left for {person.full_name}.")
    assert (page.h1.text, status_of(person)) == (person.styled_name, "pending")


@pytest.mark.parametrize("decision", ["", "forget", "accept"])
def test_what_is_not_offered_is_not_done(decision):
    [person] = a_queue(a_meeting(), 1)

    page = decided(a_desk(), person, decision)

    assert (page.h1.text, status_of(person), person.history.count()) == (person.styled_name, "pending", 1)


# --- two at once --------------------------------------------------------------------------------------------------------
def test_the_second_of_two_who_decide_at_once_is_told_and_changes_nothing():
    meeting, first, second = a_meeting(), desk_of(an_organizer("change_participant", "view_participant")), a_desk(language="es")
    [person] = a_queue(meeting, 1)
    before_their_eyes = seen(shown(second, person))
    decided(first, person, "decline", reason_es="No figura entre los invitados.")

    page = soup(second.post(page_of(person), {"decision": "confirm", "seen": before_their_eyes}))

    assert "otra persona ha tomado una decisión o ha modificado algo" in told(page)[0]
    assert "Ana Secretaria: inscripción no aceptada (No figura entre los invitados.)" in page.select_one(".meanwhile").text.replace("\n", " ")
    assert position(page) == "Esta inscripción no está pendiente de decisión: no aceptada."
    assert status_of(person) == Status.DECLINED
    assert seen(page) != before_their_eyes


def test_a_decision_about_data_that_changed_meanwhile_is_made_again_with_the_new_data_in_view():
    meeting, desk = a_meeting(), a_desk()
    [person] = a_queue(meeting, 1)
    before_their_eyes = seen(shown(desk, person))
    amend(person, details=replace(person_on_record(person), position="Ministra"), actor=PARTICIPANT, now=NOW + timedelta(hours=1))

    typed = {"decision": "decline", "seen": before_their_eyes, "reason_es": "No figura."}
    page = soup(desk.post(page_of(person), typed))

    assert "Embajadora → Ministra" in page.select_one(".meanwhile").text
    assert page.select_one("details[data-key=d][open] textarea").text.strip() == "No figura."
    assert status_of(person) == Status.PENDING
    desk.post(page_of(person), typed | {"seen": seen(page)})
    assert status_of(person) == Status.DECLINED


@pytest.mark.parametrize("forged", ["", "x", "-1", "0"])
def test_whoever_does_not_say_what_they_saw_decides_nothing(forged):
    [person] = a_queue(a_meeting(), 1)

    a_desk().post(page_of(person), {"decision": "confirm", "seen": forged})

    assert status_of(person) == Status.PENDING


def test_the_operation_itself_refuses_what_was_decided_meanwhile():
    [person] = a_queue(a_meeting(), 1)
    before = last_event(person)
    decline(person, reasons={"es": "No figura."}, actor=ORGANIZER, now=NOW)

    with pytest.raises(DecidedMeanwhile):
        decide(person, seen=before, decision=lambda each: confirm(each, actor=ORGANIZER, now=NOW))

    assert status_of(person) == Status.DECLINED


# --- everything that a decision takes -----------------------------------------------------------------------------------
def test_the_screen_has_person_delegation_note_colleagues_and_history():
    meeting, desk = a_meeting(), a_desk()
    meeting.delegation_types.filter(code="organization").update(note_verbale_required=True)
    person = a_pending_participant(meeting, position="Directora", phone="+51 1 222", accessibility_needs="Subtítulos")
    colleague = a_pending_participant(meeting)
    assert "Required for this type of delegation and still missing." in shown(desk, person).text
    submit_note(person.delegation, document=Document(file_name="nota.pdf", content=b"%PDF-1.7 note"), actor=ORGANIZER, now=NOW)

    page = shown(desk, person)

    facts = {row.dt.text: " ".join(row.dd.text.split()) for row in page.select(".facts > div")}
    for label, value in [
        ("Position", "Directora"),
        ("Telephone", "+51 1 222"),
        ("Language", "Spanish"),
        ("Sessions", "1. Session 12. Session 2"),
        ("Accessibility needs", "Subtítulos"),
        ("Reference", person.reference),
        ("State or organization", "Red Latinoamericana Organization"),
    ]:
        assert facts[label] == value
    assert facts["Note verbale"].startswith("nota.pdf")
    assert facts["Others in the delegation"].startswith(colleague.styled_name)
    assert page.select_one("section[aria-labelledby=history-heading] tbody th").text == "Signed up"


def elsewhere(meeting: Meeting, **fields: str) -> Participant:
    """Somebody of the mission of Ecuador, another type of delegation."""
    an_entity("EC", "Ecuador", "Ecuador")
    return participants_of(sign_up(meeting, a_person(**fields), entity="EC"))[0]


@pytest.mark.parametrize(
    ("other", "likeness"),
    [
        ({"given_names": "MARIA JOSE", "family_names": "nunez de la Peña"}, [Likeness.NAME]),
        ({"given_names": "María José", "family_names": "De la Peña Núñez"}, [Likeness.ORDER]),
        ({"given_names": "Núñez", "family_names": "María-José de la Peña"}, [Likeness.ORDER]),
        ({"given_names": "Ana", "family_names": "Ruiz", "email": "Maria@red.example.org"}, [Likeness.MAILBOX]),
        ({"given_names": "María José", "family_names": "Núñez de la Peña", "email": "maria@red.example.org"}, [Likeness.NAME, Likeness.MAILBOX]),
        ({"given_names": "María", "family_names": "Núñez"}, []),
        ({"given_names": "María José", "family_names": "Núñez de la Peña Ruiz"}, []),
    ],
)
def test_whoever_may_be_the_same_person_is_found_across_types(other, likeness):
    meeting = a_meeting()
    person = a_pending_participant(meeting, given_names="María José", family_names="Núñez de la Peña", email="maria@red.example.org")
    twin = elsewhere(meeting, **other)

    assert [(each.participant, each.likeness) for each in possible_duplicates(person)] == ([(twin, likeness)] if likeness else [])


def test_colleagues_on_one_mailbox_are_not_taken_for_one_person_but_a_namesake_in_the_delegation_is():
    meeting = a_meeting()
    person = a_pending_participant(meeting, given_names="Ana", family_names="Ruiz", email="red@example.org")
    a_pending_participant(meeting, given_names="Eva", family_names="Díaz", email="red@example.org")
    namesake = a_pending_participant(meeting, given_names="Ana", family_names="Ruíz", email="ana@example.org")

    assert [each.participant for each in possible_duplicates(person)] == [namesake]


def test_neither_another_meeting_nor_whoever_has_left_is_a_duplicate():
    meeting, name = a_meeting(), {"given_names": "Ana", "family_names": "Ruiz"}
    person = a_pending_participant(meeting, **name)
    a_pending_participant(a_meeting(), **name)
    withdraw(elsewhere(meeting, **name), actor=ORGANIZER, now=NOW)

    assert possible_duplicates(person) == []


def test_the_screen_names_the_duplicates_with_the_reason():
    meeting = a_meeting()
    person = a_pending_participant(meeting, given_names="Ana", family_names="Ruiz Peña")
    twin = elsewhere(meeting, given_names="Ana", family_names="Peña Ruiz")

    [entry] = shown(a_desk(), person).select("section[aria-labelledby=duplicates-heading] li")

    assert entry.a["href"] == f"{PARTICIPANTS}{twin.pk}/change/"
    assert "Ecuador (Geneva mission)" in " ".join(entry.text.split())
    assert entry.strong.text == "Same names in another order"


# --- who may, and what it costs -----------------------------------------------------------------------------------------
def test_the_queue_is_for_those_who_may_change_participants():
    meeting = a_meeting()
    [person] = a_queue(meeting, 1)
    reader = desk_of(an_organizer("view_participant"))

    assert [reader.get(address).status_code for address in (QUEUE, page_of(person))] == [403, 403]
    assert reader.post(page_of(person), {"decision": "confirm", "seen": last_event(person)}).status_code == 403
    assert status_of(person) == Status.PENDING


def test_an_erased_person_or_none_has_no_screen():
    [person] = a_queue(a_meeting(), 1)
    Participant.objects.filter(pk=person.pk).update(erased_at=NOW)

    assert [a_desk().get(address).status_code for address in (page_of(person), f"{PARTICIPANTS}99999/review/")] == [404, 404]


def test_whoever_is_about_to_be_erased_waits_for_no_decision():
    meeting = a_meeting()
    [person, other] = a_queue(meeting, 2)
    Participant.objects.filter(pk=person.pk).update(erasure_approved_at=NOW)

    assert [pk for pk, _since in queue_of(meeting.pk)] == [other.pk]


@pytest.mark.parametrize("people", [1, 3])
def test_a_screen_costs_the_same_however_long_the_queue(people, django_assert_num_queries):
    meeting, desk = a_meeting(seats=9), a_desk()
    first, *_others = a_queue(meeting, people)
    for index in range(people):
        elsewhere(meeting, given_names=first.given_names, family_names=first.family_names, email=f"twin{index}@example.org")

    with django_assert_num_queries(13):
        desk.get(page_of(first))
