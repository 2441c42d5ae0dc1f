"""A session that is cancelled, or not published yet, can be chosen by nobody; whoever had chosen it keeps it."""

from datetime import timedelta

import pytest
import time_machine

from registrations.details import FOCAL_POINT, PARTICIPANT
from registrations.enums import MessageKind, Status
from registrations.errors import SessionCancelled, UnknownSession
from registrations.links import delegation_token, participant_token
from registrations.models import Meeting, Participant, Session
from registrations.operations.add_people import add_people
from registrations.operations.amend import amend
from registrations.operations.resubmit import resubmit
from registrations.operations.return_for_correction import return_for_correction
from registrations.operations.substitute import substitute
from registrations.queries.participants import person_on_record
from tests.desk_rows import PARTICIPANTS, a_desk
from tests.make import NOW, ORGANIZER, a_meeting, a_participant, a_pending_participant, a_person, a_session, kinds_owed_to, sign_up
from tests.published import publish_change
from tests.web_form import GENEVA, open_form, sentences, soup, values_of

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)
CANCELLED = "“Session 2” has been cancelled. Choose from the sessions that take place."
BOTH = frozenset({1, 2})


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(LATER, tick=False) as traveller:
        yield traveller


def cancel(meeting: Meeting, number: int = 2, *, is_cancelled: bool = True) -> None:
    publish_change(meeting.sessions.get(number=number), now=LATER, is_cancelled=is_cancelled)


def a_meeting_with_session_2_cancelled() -> Meeting:
    meeting = a_meeting(slug="dialogue")
    cancel(meeting)
    return meeting


def numbers_of(participant: Participant) -> list[int]:
    return list(Participant.objects.get(pk=participant.pk).sessions.values_list("number", flat=True))


def typed(participant: Participant, **fields):
    return a_person(**{**vars(person_on_record(participant)), **fields})


# --- nobody chooses it anew -------------------------------------------------------------------------------------------
def test_signing_up_for_a_cancelled_session_is_refused_with_the_person_it_concerns() -> None:
    meeting = a_meeting_with_session_2_cancelled()

    with pytest.raises(SessionCancelled) as refusal:
        sign_up(meeting, a_person(sessions=frozenset({1})), a_person(sessions=BOTH))

    assert (str(refusal.value), refusal.value.field, refusal.value.facts["person"]) == (CANCELLED, "sessions", 1)
    assert not meeting.participants.exists()


def test_signing_up_for_a_session_that_is_only_a_draft_is_refused() -> None:
    meeting = a_meeting()
    a_session(meeting, number=3, is_draft=True)

    with pytest.raises(UnknownSession):
        sign_up(meeting, a_person(sessions=frozenset({1, 3})))


@pytest.mark.parametrize("number", [2, 3])
def test_every_later_door_refuses_it_as_well(number: int) -> None:
    meeting = a_meeting()
    person = a_participant(meeting, sessions=frozenset({1}))
    pending = a_pending_participant(meeting, sessions=frozenset({1}))
    returned = return_for_correction(pending, fields=["sessions"], notes={"es": "Falta la sesión."}, actor=ORGANIZER, now=NOW)
    cancel(meeting)
    a_session(meeting, number=3, is_draft=True)
    refused, chosen = {2: SessionCancelled, 3: UnknownSession}[number], frozenset({1, number})

    with pytest.raises(refused):
        add_people(person.delegation, people=[a_person(sessions=chosen)], actor=FOCAL_POINT, now=LATER)
    for actor in (PARTICIPANT, FOCAL_POINT, ORGANIZER):
        with pytest.raises(refused):
            amend(person, details=typed(person, sessions=chosen), actor=actor, now=LATER)
        with pytest.raises(refused):
            substitute(person, details=a_person(sessions=chosen), actor=actor, now=LATER)
    with pytest.raises(refused):
        resubmit(returned, details=typed(returned, sessions=chosen), actor=PARTICIPANT, now=LATER)

    assert meeting.participants.count() == 2
    assert (numbers_of(person), numbers_of(returned)) == ([1], [1])


# --- whoever had chosen it keeps it -----------------------------------------------------------------------------------
def test_a_correction_keeps_a_cancelled_session_and_no_more_is_asked() -> None:
    meeting = a_meeting()
    person = a_participant(meeting)
    cancel(meeting)

    amend(person, details=typed(person, position="Ministra", sessions=frozenset({1})), actor=PARTICIPANT, now=LATER)

    assert (numbers_of(person), person.history.last().facts["changes"].keys()) == ([1, 2], {"position"})


def test_a_session_that_takes_place_after_all_is_told_to_those_who_had_chosen_it() -> None:
    meeting = a_meeting()
    person = a_participant(meeting, sessions=frozenset({2}))
    other = a_participant(meeting, sessions=frozenset({1}))
    cancel(meeting)
    amend(person, details=typed(person, phone="+41 22 700 11 11", sessions=frozenset()), actor=PARTICIPANT, now=LATER)

    cancel(meeting, is_cancelled=False)

    assert kinds_owed_to(person) == [MessageKind.INVITATION, MessageKind.CANCELLATION, MessageKind.INVITATION]
    assert kinds_owed_to(other) == [MessageKind.INVITATION]


def test_a_cancelled_session_goes_with_the_place_to_a_newcomer() -> None:
    meeting = a_meeting()
    person = a_participant(meeting)
    cancel(meeting)

    newcomer = substitute(person, details=a_person(sessions=frozenset({1})), actor=FOCAL_POINT, now=LATER)

    assert (numbers_of(newcomer), newcomer.status) == ([1, 2], Status.CONFIRMED)


# --- no form offers it ------------------------------------------------------------------------------------------------
def offered(page) -> list[str]:
    return sorted({box["value"] for box in page.select("input[name$=sessions]")})


def test_the_sign_up_form_offers_what_takes_place_and_refuses_the_rest(client, clock) -> None:
    meeting = a_meeting_with_session_2_cancelled()
    a_participant(meeting, sessions=frozenset({1}))
    a_session(meeting, number=3, is_draft=True)
    path = f"/en/dialogue/{GENEVA}"

    values = open_form(client, path)
    clock.shift(60)
    answer = client.post(path, values)

    assert offered(soup(client.get(path))) == ["1"]
    assert (values["participants-0-sessions"], sentences(answer)) == (["1", "2"], [f"Participant 1: {CANCELLED}"])
    assert offered(soup(answer)) == ["1"]


@pytest.mark.parametrize("page", ["p", "d", "desk"])
def test_no_correction_form_offers_it_and_each_saves_without_it(client, page: str) -> None:
    meeting = a_meeting()
    person = a_participant(meeting, sessions=frozenset({2}))
    cancel(meeting)
    address, browser, form = {
        "p": (f"/en/p/{participant_token(person)}/edit/", client, "main form"),
        "d": (f"/en/d/{delegation_token(person.delegation)}/people/{person.pk}/", client, "main form"),
        "desk": (f"{PARTICIPANTS}{person.pk}/change/", a_desk(), "#participant_form"),
    }[page]
    shown = soup(browser.get(address))

    answer = browser.post(address, values_of(shown, form) | {"position": "Ministra"})

    assert (offered(shown), answer.status_code) == (["1"], 302)
    assert (numbers_of(person), Participant.objects.get(pk=person.pk).position) == ([2], "Ministra")


def test_a_ticked_session_that_is_cancelled_meanwhile_is_kept_and_a_new_one_is_refused(client) -> None:
    meeting = a_meeting()
    had, has_not = a_participant(meeting, sessions=BOTH), a_participant(meeting, sessions=frozenset({1}))
    pages = {person: f"/en/p/{participant_token(person)}/edit/" for person in (had, has_not)}
    values = {person: values_of(soup(client.get(page))) | {"sessions": ["1", "2"]} for person, page in pages.items()}
    cancel(meeting)

    answers = {person: client.post(page, values[person]) for person, page in pages.items()}

    assert (answers[had].status_code, numbers_of(had)) == (302, [1, 2])
    assert (sentences(answers[has_not]), numbers_of(has_not)) == ([CANCELLED], [1])


@pytest.mark.parametrize("page", ["d", "desk"])
def test_no_substitution_form_offers_it_and_the_newcomer_gets_it_with_the_place(client, page: str) -> None:
    meeting = a_meeting()
    person = a_participant(meeting, sessions=frozenset({2}))
    cancel(meeting)
    address, browser, form = {
        "d": (f"/en/d/{delegation_token(person.delegation)}/people/{person.pk}/substitute/", client, "main form"),
        "desk": (f"{PARTICIPANTS}{person.pk}/substitute/", a_desk(), "#content form"),
    }[page]
    shown = soup(browser.get(address))

    names = {"given_names": "Ana", "family_names": "Ruiz", "position": "Cónsul", "email": "ana@example.org"}
    answer = browser.post(address, values_of(shown, form) | names)

    assert (offered(shown), answer.status_code) == (["1"], 302)
    assert numbers_of(Participant.objects.get(family_names="Ruiz")) == [2]


def test_a_list_that_names_it_is_told_so_at_the_row_and_all_means_what_takes_place(client) -> None:
    meeting = a_meeting()
    group = a_participant(meeting, sessions=frozenset({1})).delegation
    cancel(meeting)
    pasted = "Nombre;Apellidos;Cargo;Correo;Sesiones\nAna;Ruiz;Ministra;ana@x.example;1, 2\nEva;Sol;Cónsul;eva@x.example;todas"
    address = f"/en/d/{delegation_token(group)}/add/"

    page = soup(client.post(address, {"action": "read", "pasted": pasted, "participants-TOTAL_FORMS": "0"}))

    assert [trouble.text for trouble in page.select(".rows .invalid-feedback")] == [CANCELLED]
    assert [len(row.select("input[name$=sessions][checked]")) for row in page.select(".rows > div")] == [1, 1]
    assert [line.text.split(":")[0] for line in page.select("ul.hint li")] == ["Session 1"]


def test_one_cannot_miss_a_cancelled_session_and_the_last_that_takes_place_is_not_left_alone(client) -> None:
    meeting = a_meeting(sessions=3)
    person = a_participant(meeting, sessions=frozenset({1, 2, 3}))
    cancel(meeting)
    address = f"/en/p/{participant_token(person)}/withdraw/"

    shown = [button["value"] for button in soup(client.get(address)).select("button[name=session]")]
    client.post(address, {"session": "2"})
    client.post(address, {"session": "3"})
    client.post(address, {"session": "1"})

    assert (shown, numbers_of(person)) == (["1", "3"], [1, 2])
    assert soup(client.get(address)).select("button[name=session]") == []


def test_where_nothing_takes_place_the_form_says_so(client) -> None:
    meeting = a_meeting(sessions=1)
    person = a_participant(meeting, sessions=frozenset({1}))
    Session.objects.update(is_cancelled=True)

    page = soup(client.get(f"/en/p/{participant_token(person)}/edit/"))

    assert page.select_one("#id_sessions .note").text == "No session takes place at present."
