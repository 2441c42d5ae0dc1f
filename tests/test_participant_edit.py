"""A participant corrects what is on record, over HTTP."""

from datetime import timedelta

import pytest
import time_machine

from registrations.enums import Status
from registrations.links import participant_token
from registrations.models import Meeting, Participant
from registrations.operations.return_for_correction import return_for_correction
from tests.desk_rows import a_desk
from tests.make import NOW, ORGANIZER, a_meeting, a_participant, a_pending_participant, confirmed, status_of
from tests.test_desk_decisions import decide, decided, told
from tests.web_form import soup, values_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW + timedelta(hours=1), tick=False) as traveller:
        yield traveller


def page_of(participant: Participant, rest: str = "edit/", language: str = "en") -> str:
    return f"/{language}/p/{participant_token(participant)}/{rest}"


def fresh(participant: Participant) -> Participant:
    return Participant.objects.get(pk=participant.pk)


def test_the_form_holds_what_is_on_record_and_saves_what_is_changed(client):
    participant = a_participant(a_meeting(), sessions=frozenset({2}))
    page = soup(client.get(page_of(participant)))
    values = values_of(page)

    answer = client.post(page_of(participant), values | {"position": "Ministra Consejera", "sessions": ["1", "2"]})

    assert (answer.status_code, answer["Location"]) == (302, page_of(participant, "?saved"))
    assert (values["sessions"], fresh(participant).position) == (["2"], "Ministra Consejera")
    assert [session.number for session in fresh(participant).sessions.all()] == [1, 2]
    assert participant.history.last().actor == "participant"


def test_a_problem_is_shown_and_nothing_is_lost_or_written(client):
    participant = a_participant(a_meeting())
    values = values_of(soup(client.get(page_of(participant, language="es"))))

    page = soup(client.post(page_of(participant, language="es"), values | {"email": "sin arroba", "position": "Consejera"}))

    assert page.select_one("#problems a")["href"] == "#id_email"
    assert values_of(page)["position"] == "Consejera"
    assert participant.history.count() == 1


def test_after_closing_only_contact_data_can_be_typed(client):
    participant = a_participant(a_meeting())
    Meeting.objects.update(registration_closes_at=NOW)
    page = soup(client.get(page_of(participant)))

    values = values_of(page)
    client.post(page_of(participant), values | {"phone": "+51 1 222", "family_names": "Forged"})

    assert set(values) - {"csrfmiddlewaretoken", "seen"} == {"email", "phone", "language", "accessibility_needs"}
    assert (fresh(participant).phone, fresh(participant).family_names) == ("+51 1 222", participant.family_names)


def test_a_returned_registration_shows_the_note_and_leads_to_the_fields(client):
    participant = a_pending_participant(a_meeting())
    notes = {"es": "Escriba el cargo completo."}
    return_for_correction(participant, fields=["position"], notes=notes, actor=ORGANIZER, now=NOW)
    page = soup(client.get(page_of(participant)))
    assert "Escriba el cargo completo." in page.select_one(".notice").text
    assert [link["href"] for link in page.select(".notice a")] == ["#id_position"]
    assert [label["for"] for label in page.select("label:has(.tag)")] == ["id_position"]
    assert [field["id"] for field in page.select("[autofocus]")] == ["id_position"]

    client.post(page_of(participant), values_of(page) | {"position": "Directora Ejecutiva"})

    assert (status_of(participant), fresh(participant).to_review) == (Status.PENDING, {"position": ["Embajadora", "Directora Ejecutiva"]})


@pytest.mark.parametrize("status", [Status.DECLINED, Status.WITHDRAWN])
def test_what_was_declined_or_withdrawn_cannot_be_edited(client, status):
    participant = a_participant(a_meeting())
    Participant.objects.update(status=status)

    assert client.get(page_of(participant))["Location"] == page_of(participant, "")


def test_a_revoked_link_opens_no_form(client):
    participant = a_participant(a_meeting())
    address = page_of(participant)
    Participant.objects.update(link_version=2)

    assert client.get(address).status_code == 410


def test_somebody_who_withdrew_comes_back_with_one_button(client):
    participant = a_participant(a_meeting())
    client.post(page_of(participant, ""), {"action": "withdraw"})
    assert soup(client.get(page_of(participant, ""))).select_one("button[value=rejoin]")

    client.post(page_of(participant, ""), {"action": "rejoin"})

    assert status_of(participant) == Status.CONFIRMED


# --- the same from the desk ---------------------------------------------------------------------------------------------
def test_the_desk_returns_a_registration_with_fields_and_a_sentence():
    desk, participant = a_desk(), a_pending_participant(a_meeting(), language="es")
    asked = decide(desk, "return_for_correction", participant)
    assert status_of(participant) == Status.PENDING

    answer = decided(desk, asked, reason_es="Escriba el cargo completo.", fields_to_correct="position")

    assert told(answer) == ["1 registration returned for correction."]
    assert fresh(participant).correction == {"fields": ["position"], "note": "Escriba el cargo completo."}


def test_the_desk_asks_again_while_nothing_is_ticked():
    desk, participant = a_desk(), a_pending_participant(a_meeting(), language="es")

    answer = decided(desk, decide(desk, "return_for_correction", participant), reason_es="Escriba el cargo completo.")

    assert "Tick the data that have to be corrected." in answer.content.decode()
    assert status_of(participant) == Status.PENDING


def test_the_desk_accepts_changes_and_promotes_with_a_reason(client):
    desk, meeting = a_desk(), a_meeting()
    changed = confirmed(a_pending_participant(meeting))
    values = values_of(soup(client.get(page_of(changed))))
    client.post(page_of(changed), values | {"position": "Asesora"})
    assert fresh(changed).to_review
    Meeting.objects.update(seats=1)
    waiting = a_participant(Meeting.objects.get())

    assert told(decide(desk, "accept_changes", changed)) == ["Changes of 1 participant accepted."]
    assert told(decided(desk, decide(desk, "promote", waiting), reason="Speaks first.")) == ["1 participant put first on the waiting list."]

    assert (fresh(changed).to_review, bool(fresh(waiting).promoted_at)) == ({}, True)


def test_a_telephone_number_without_a_digit_is_refused(client):
    participant = a_participant(a_meeting())
    values = values_of(soup(client.get(page_of(participant))))

    page = soup(client.post(page_of(participant), values | {"phone": "abc"}))

    assert "in digits" in page.select_one("#problems").text
    assert fresh(participant).phone == ""


def test_after_saving_the_page_says_so(client):
    participant = a_participant(a_meeting())
    values = values_of(soup(client.get(page_of(participant))))

    page = soup(client.post(page_of(participant), values | {"phone": "+51 1 222"}, follow=True))

    assert page.select_one("[role=status]").text.strip() == "The changes have been saved."
